import { clipboardSteps } from './steps-clipboard.ts';
import { systemSteps } from './steps-system.ts';
import { windowSteps } from './steps-window.ts';
import type { Step } from './step.ts';

/** The password of the built-in service's account, which the steps name. */
export const demo = { username: 'demo@example.com', password: 'correct horse' } as const;

/**
 * All steps, in the order in which a person does them. The terminal's walk and the scripts of docs/verification.md are
 * both made from this list (`write-page.ts`).
 */
export const steps: readonly Step[] = [...windowSteps, ...clipboardSteps, ...systemSteps];
