import type { Found } from './checks.ts';
import type { Person, PersonsEnd } from './person.ts';
import type { Act, CheckName, Desktop, Step } from './step.ts';

/** What the stage did: one sentence about it (null: nothing to say), or the person ended the check meanwhile. */
export type Done = { readonly said: string | null } | { readonly ended: PersonsEnd };

/** What the steps are done with. */
export interface Stage {
  /** Before a step: sees to it that the app runs. */
  ready(step: Step): Promise<Done>;
  act(act: Act): Promise<Done>;
  check(name: CheckName): Promise<Found>;
  /** Whether the desktop shows tray icons; null: unknown. */
  showsIcons(): Promise<boolean | null>;
}

export type Answer = 'seen' | 'not_seen' | 'skipped' | 'not_possible' | 'left_open';

export interface StepResult {
  readonly id: string;
  readonly do: string;
  readonly see: string;
  readonly answer: Answer;
  /** What the person saw instead, or why the step was left out; empty: nothing. */
  readonly note: string;
  readonly checks: readonly Found[];
}

export interface WalkParts {
  readonly steps: readonly Step[];
  readonly desktop: Desktop;
  readonly person: Person;
  readonly stage: Stage;
  /** Called with each result at once, so that nothing is lost if the program ends. A later one replaces an earlier. */
  readonly done: (result: StepResult) => void;
}
