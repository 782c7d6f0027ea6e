import { rmSync } from 'node:fs';
import { markOf } from './checks.ts';
import { forgetLeftCheck, leftStep, lookAtLeftHome, readLeftCheck } from './left-check.ts';
import { choose, type Person } from './person.ts';
import type { PrivateWords } from './private-words.ts';
import { ReportFile } from './report-file.ts';
import { isFailed, summary } from './report.ts';

export interface AfterShutdownParts {
  readonly person: Person;
  /** Where npm was called. */
  readonly folder: string;
  /** Where the left check was noted. */
  readonly leftPath: string;
  readonly wordsFor: (home: string) => PrivateWords;
  /** What to do with the report. */
  readonly next: string;
}

/** Asks what the person saw at the shutdown, ends the report with it, and removes the home. Its exit code. */
export async function endAfterShutdown({
  person,
  folder,
  leftPath,
  wordsFor,
  next,
}: AfterShutdownParts): Promise<number> {
  const left = readLeftCheck(leftPath);
  if (left === null) {
    person.say(
      `No check waits for its end in ${folder}. ` +
        'If you left one, run `npm run desktop-check -- --after-shutdown` in the folder where you started it; its report is there.',
    );
    return 1;
  }
  const { home, reportPath, report, desktop } = left;
  const { step, do: todo, see } = leftStep(desktop);
  person.say(`${step.id}\nSee:  ${see}`);
  const word = await choose(person, 'Seen? (y yes, n no, s skip): ', ['y', 'n', 's']);
  if (word === null) return 130;
  const note = word === 'n' ? await person.ask('What did you see instead? (one line): ') : '';
  if (note === null) return 130;
  const found = await lookAtLeftHome(home);
  person.say(`      ${markOf(found)}: ${found.text}`);
  const file = new ReportFile(reportPath, report, wordsFor(home));
  const answer = word === 'y' ? 'seen' : word === 'n' ? 'not_seen' : 'skipped';
  file.write({ end: null });
  file.add({ id: step.id, do: todo, see, answer, note, checks: [found] });
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  forgetLeftCheck(leftPath);
  person.say(`\n${summary(file.report)}\nThe report: ${reportPath}\n${next}`);
  return file.report.results.some(isFailed) ? 1 : 0;
}
