import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CheckedApp } from './checked-app.ts';
import type { Found } from './checks.ts';
import type { Report } from './report.ts';
import { wordsFor, type Desktop } from './step.ts';
import { steps } from './steps.ts';

/** A check that the person left by shutting the computer down: what `--after-shutdown` ends. */
export interface LeftCheck {
  readonly home: string;
  readonly reportPath: string;
  readonly report: Report;
  readonly desktop: Desktop;
}

export function saveLeftCheck(path: string, left: LeftCheck): void {
  writeFileSync(path, JSON.stringify(left), { mode: 0o600 });
}

/** Null: none was left. */
export function readLeftCheck(path: string): LeftCheck | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LeftCheck) : null;
}

export function forgetLeftCheck(path: string): void {
  rmSync(path, { force: true });
}

/** The step that was left, with what must have been seen. */
export function leftStep(desktop: Desktop) {
  const step = steps.find(({ act, on }) => act === 'leave_running' && on.includes(desktop));
  if (step === undefined) throw new Error(`${desktop} has no last step.`);
  return { step, do: wordsFor(step.do, desktop), see: wordsFor(step.see, desktop) };
}

/** How the app ended with the computer, by what is left of its home; ends it if it still runs. */
export async function lookAtLeftHome(home: string): Promise<Found> {
  if (!existsSync(home)) {
    return { passed: null, text: 'the system removed the temporary home at its start' };
  }
  const app = new CheckedApp({ program: '', args: [], env: {}, home });
  if (app.endpoint !== null) {
    await app.end();
    return { passed: null, text: 'the app was still running: the computer was not shut down' };
  }
  return app.hasLeft
    ? { passed: true, text: 'the app ended cleanly: its endpoint’s file is gone' }
    : { passed: false, text: 'the app was cut off: its endpoint’s file is still there' };
}
