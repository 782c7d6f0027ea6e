import type { PersonsEnd } from './person.ts';
import type { StepResult, WalkParts } from './walk-parts.ts';
import { answerAgain, walkStep } from './walk-step.ts';

/** Leads a person through the steps. They may go back: to correct an answer, or to do a step that they skipped. */
export async function walk(parts: WalkParts): Promise<'through' | PersonsEnd> {
  const { steps } = parts;
  const given: StepResult[] = [];
  let index = 0;
  let furthest = 0;
  for (let step = steps[0]; step !== undefined; step = steps[index]) {
    const here = index;
    const done = (result: StepResult) => {
      given[here] = result;
      parts.done(result);
    };
    const before = given[here];
    const wasAnswered = before?.answer === 'seen' || before?.answer === 'not_seen';
    const end = wasAnswered
      ? await answerAgain({ ...parts, done }, step, here, before)
      : await walkStep({ ...parts, done }, step, here);
    if (end === 'quit' || end === 'interrupted') return end;
    if (end === 'back') index = lastAsked(given, here);
    else index = here < furthest ? furthest : here + 1;
    furthest = Math.max(furthest, index);
  }
  return 'through';
}

/** The step before this one that the person was asked about; else this one. */
function lastAsked(given: readonly StepResult[], index: number): number {
  const last = given.slice(0, index).findLastIndex(({ answer }) => answer !== 'not_possible');
  return last === -1 ? index : last;
}
