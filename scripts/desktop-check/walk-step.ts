import { markOf, type Found } from './checks.ts';
import { choose, type PersonsEnd } from './person.ts';
import { isPaste, thenWords, wordsFor, type Step } from './step.ts';
import type { StepResult, WalkParts } from './walk-parts.ts';

/** How a step ended. `back`: the person wants the one before it again. */
type StepEnd = 'done' | 'back' | PersonsEnd;

const unknownIcons: Found = {
  passed: null,
  text: 'the session bus did not say whether the desktop shows tray icons',
};

/** One step: what to do, what must be seen, the person's answer, and what the program finds. */
export async function walkStep(parts: WalkParts, step: Step, index: number): Promise<StepEnd> {
  const { steps, desktop, person, stage, done } = parts;
  const result = blankResult(parts, step);
  person.say(`\n${index + 1}/${steps.length}  ${step.id}`);
  const icons = step.icon === undefined ? null : await stage.showsIcons();
  if (step.icon !== undefined && icons !== null && icons !== (step.icon === 'shown')) {
    const note = icons ? 'the desktop shows tray icons' : 'the desktop shows no tray icons';
    person.say(`Left out: ${note}.`);
    done({ ...result, answer: 'not_possible', note });
    return 'done';
  }
  const ready = await stage.ready(step);
  if ('ended' in ready) return ready.ended;
  if (ready.said !== null) person.say(ready.said);
  person.say(`Do:   ${wordsFor(step.do, desktop)}`);
  if (step.act !== undefined) {
    // Nobody can read it here afterwards.
    if (step.act === 'leave_running') person.say(`See:  ${result.see}`);
    const word = await ask(parts, 'Press Enter when you are ready', [''], { back: index > 0 });
    if (word === 's') done({ ...result, answer: 'skipped' });
    const end = endOf(word);
    if (end !== null) return end;
    if (step.act === 'leave_running') done({ ...result, answer: 'left_open' });
    person.say('One moment …');
    const acted = await stage.act(step.act);
    if ('ended' in acted) return acted.ended;
    if (acted.said !== null) person.say(acted.said);
    // It comes back only if the person did not shut down after all.
    if (step.act === 'leave_running') {
      done({ ...result, answer: 'skipped' });
      return 'done';
    }
  }
  const back = index > 0 && step.act === undefined;
  const further = step.icon !== undefined && icons === null ? [unknownIcons] : [];
  return askSeen(parts, step, { back, look: (name) => stage.check(name), further });
}

/** Asks for the answer to a step once more. What the program found before stays, but for a paste. */
export async function answerAgain(
  parts: WalkParts,
  step: Step,
  index: number,
  before: StepResult,
): Promise<StepEnd> {
  const { steps, person, stage } = parts;
  const names = step.checks ?? [];
  person.say(`\n${index + 1}/${steps.length}  ${step.id}`);
  person.say(`You answered ${before.answer === 'seen' ? 'yes' : 'no'}. Answer again.`);
  return askSeen(parts, step, {
    back: index > 0,
    look: (name, at) => Promise.resolve(isPaste(name) ? stage.check(name) : (before.checks[at] ?? notLooked)),
    further: before.checks.slice(names.length),
  });
}

const notLooked: Found = { passed: null, text: 'the program had not looked' };

interface SeenParts {
  readonly back: boolean;
  readonly look: (name: NonNullable<Step['checks']>[number], at: number) => Promise<Found>;
  /** What the program found besides. */
  readonly further: readonly Found[];
}

async function askSeen(parts: WalkParts, step: Step, { back, look, further }: SeenParts): Promise<StepEnd> {
  const { person, done } = parts;
  const result = blankResult(parts, step);
  person.say(`See:  ${result.see}`);
  const then = thenWords(step);
  if (then !== null) person.say(`Then: ${then}`);
  const word = await ask(parts, 'Seen?', ['y', 'n'], { back });
  if (word === 's') done({ ...result, answer: 'skipped' });
  const end = endOf(word);
  if (end !== null) return end;
  const note = word === 'n' ? await person.ask('What did you see instead? (one line): ') : '';
  const checks: Found[] = [];
  for (const [at, name] of (step.checks ?? []).entries()) {
    const found = await look(name, at);
    checks.push(found);
    person.say(`      ${markOf(found)}: ${found.text}`);
  }
  checks.push(...further);
  done({ ...result, answer: word === 'y' ? 'seen' : 'not_seen', note: note ?? '', checks });
  return note === null ? 'interrupted' : 'done';
}

function blankResult({ desktop }: WalkParts, step: Step) {
  const [todo, see] = [wordsFor(step.do, desktop), wordsFor(step.see, desktop)];
  return { id: step.id, do: todo, see, note: '', checks: [] };
}

const meanings: Readonly<Record<string, string>> = {
  y: 'y yes',
  n: 'n no',
  s: 's skip',
  b: 'b back',
  q: 'q quit',
};

/** Asks for one of these words, or to skip, go back or quit. */
function ask(
  { person }: WalkParts,
  question: string,
  words: readonly string[],
  { back }: { readonly back: boolean },
): Promise<string | null> {
  const all = [...words, 's', ...(back ? ['b'] : []), 'q'];
  const shown = all.flatMap((word) => meanings[word] ?? []).join(', ');
  return choose(person, `${question} (${shown}): `, all);
}

/** How a step ends by this word; null: it goes on. */
function endOf(word: string | null): StepEnd | null {
  if (word === null) return 'interrupted';
  if (word === 's') return 'done';
  if (word === 'b') return 'back';
  return word === 'q' ? 'quit' : null;
}
