import type { Found } from './checks.ts';
import { wordsFor, type Act, type CheckName, type Desktop, type Step } from './step.ts';

/** The person at the terminal. */
export interface Person {
  say(text: string): void;
  /** A line; null: Ctrl-C, Ctrl-D, or the terminal is gone. */
  ask(question: string): Promise<string | null>;
}

/** What the steps are done with. */
export interface Stage {
  /** Before a step: sees to it that the app runs. A sentence where it had to be started. */
  ready(step: Step): Promise<string | null>;
  /** Does it, and answers one sentence about it; null: there is nothing to say. */
  act(act: Act): Promise<string | null>;
  check(name: CheckName): Promise<Found>;
  /** Whether the desktop shows tray icons. */
  showsIcons(): Promise<boolean>;
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
  /** Called with each result at once, so that nothing is lost if the program ends. */
  readonly done: (result: StepResult) => void;
}

/** Leads a person through the steps. `quit`: they ended it; `interrupted`: by Ctrl-C or the terminal's end. */
export async function walk(parts: WalkParts): Promise<'through' | 'quit' | 'interrupted'> {
  for (const [index, step] of parts.steps.entries()) {
    const ended = await walkStep(parts, step, index);
    if (ended !== null) return ended;
  }
  return 'through';
}

async function walkStep(
  { steps, desktop, person, stage, done }: WalkParts,
  step: Step,
  index: number,
): Promise<'quit' | 'interrupted' | null> {
  const [todo, see] = [wordsFor(step.do, desktop), wordsFor(step.see, desktop)];
  const result = { id: step.id, do: todo, see, note: '', checks: [] };
  person.say(`\n${index + 1}/${steps.length}  ${step.id}`);
  if (step.icon !== undefined && (await stage.showsIcons()) !== (step.icon === 'shown')) {
    const note = step.icon === 'shown' ? 'the desktop shows no tray icons' : 'the desktop shows tray icons';
    person.say(`Left out: ${note}.`);
    done({ ...result, answer: 'not_possible', note });
    return null;
  }
  const restarted = await stage.ready(step);
  if (restarted !== null) person.say(restarted);
  person.say(`Do:   ${todo}`);
  if (step.act !== undefined) {
    // Nobody can read it here afterwards.
    if (step.act === 'leave_running') person.say(`See:  ${see}`);
    const word = await choose(person, 'Press Enter when you are ready (s skip, q quit): ', ['', 's', 'q']);
    if (word === null) return 'interrupted';
    if (word === 'q') return 'quit';
    if (word === 's') {
      done({ ...result, answer: 'skipped' });
      return null;
    }
    if (step.act === 'leave_running') done({ ...result, answer: 'left_open' });
    person.say('One moment …');
    const said = await stage.act(step.act);
    if (said !== null) person.say(said);
    // It comes back only if the person did not shut down after all.
    if (step.act === 'leave_running') {
      done({ ...result, answer: 'skipped' });
      return null;
    }
  }
  person.say(`See:  ${see}`);
  const word = await choose(person, 'Seen? (y yes, n no, s skip, q quit): ', ['y', 'n', 's', 'q']);
  if (word === null) return 'interrupted';
  if (word === 'q') return 'quit';
  if (word === 's') {
    done({ ...result, answer: 'skipped' });
    return null;
  }
  const note = word === 'n' ? await person.ask('What did you see instead? (one line): ') : '';
  const checks: Found[] = [];
  for (const name of step.checks ?? []) {
    const found = await stage.check(name);
    checks.push(found);
    person.say(`      ${markOf(found)}: ${found.text}`);
  }
  done({ ...result, answer: word === 'y' ? 'seen' : 'not_seen', note: note ?? '', checks });
  return note === null ? 'interrupted' : null;
}

/** How a check ended, in a word. */
export function markOf({ passed }: Found): string {
  return passed === null ? 'not checked' : passed ? 'good' : 'WRONG';
}

/** Asks until the answer is one of these words; null: the person ended it. */
export async function choose(
  person: Person,
  question: string,
  words: readonly string[],
): Promise<string | null> {
  for (;;) {
    const typed = await person.ask(question);
    const word = typed?.trim().toLowerCase() ?? null;
    if (word === null || words.includes(word)) return word;
  }
}
