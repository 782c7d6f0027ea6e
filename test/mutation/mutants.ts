import type { Mutant } from './mutant.ts';
import { coreMutants } from './mutants-core.ts';
import { desktopMutants } from './mutants-desktop.ts';
import { endpointMutants } from './mutants-endpoint.ts';
import { storageMutants } from './mutants-storage.ts';

export const mutants: readonly Mutant[] = [
  ...coreMutants,
  ...storageMutants,
  ...endpointMutants,
  ...desktopMutants,
];
