import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for the profiles of the tests' browsers. */
    readonly browserProfiles: string;
  }
}

/**
 * A browser serves all files of a worker, and ends with it; a worker that is ended cleans up nothing. So the folder that
 * holds the browsers' profiles is the whole run's, and goes when that is over.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'token-tray-browsers-'));
  project.provide('browserProfiles', folder);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
