import { markOf } from './checks.ts';
import type { PrivateWords } from './private-words.ts';
import type { Answer, StepResult } from './walk-parts.ts';

export interface Report {
  /** Such as `GNOME Shell 46.0 (wayland)`. */
  readonly title: string;
  /** What the computer and the app are, in the order in which they are shown. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly results: readonly StepResult[];
  /** The steps that were to be walked. */
  readonly stepIds: readonly string[];
  /** The last lines that the app wrote. */
  readonly output: readonly string[];
  /** How the check ended; null: it goes on. */
  readonly end: string | null;
}

const answers: Readonly<Record<Answer, string>> = {
  seen: 'seen',
  not_seen: '**not seen**',
  skipped: 'skipped',
  not_possible: 'not possible',
  left_open: 'left to do',
};

/** The report as Markdown. What the person and the app wrote passes through `words`; the rest holds nothing private. */
export function reportText(report: Report, words: PrivateWords): string {
  const { title, facts, results, stepIds, output, end } = report;
  const by = new Map(results.map((result) => [result.id, result]));
  const rows = stepIds.map((id) => {
    const result = by.get(id);
    if (result === undefined) return `| ${id} | not reached | | |`;
    const checks = result.checks.map((found) => `${markOf(found)}: ${words.hide(found.text)}`).join('; ');
    return `| ${id} | ${answers[result.answer]} | ${cell(checks)} | ${cell(words.hide(result.note))} |`;
  });
  const failed = results.filter((result) => isFailed(result));
  return `${[
    `# Token Tray on ${cell(words.hide(title))}`,
    [
      '| | |',
      '| --- | --- |',
      ...facts.map(([name, value]) => `| ${name} | ${cell(words.hide(value))} |`),
    ].join('\n'),
    `${summary(report)}${end === null ? '' : ` ${end}`}`,
    [
      '| step | answer | what the program found | what you wrote |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    ...(failed.length === 0 ? [] : ['## Failed steps', ...failed.map((result) => failure(result, words))]),
    ...(output.length === 0
      ? []
      : [
          '## The last lines of the app',
          ['```text', ...output.map((line) => words.hide(line)), '```'].join('\n'),
        ]),
  ].join('\n\n')}\n`;
}

/** Whether a person or the program saw something else than what must be seen. */
export function isFailed({ answer, checks }: StepResult): boolean {
  return answer === 'not_seen' || checks.some(({ passed }) => passed === false);
}

/** The figures in one sentence. */
export function summary({ results, stepIds }: Pick<Report, 'results' | 'stepIds'>): string {
  const count = (answer: Answer) => results.filter((result) => result.answer === answer).length;
  const checks = results.flatMap((result) => result.checks);
  const found = (passed: boolean | null) => checks.filter((check) => check.passed === passed).length;
  const left = stepIds.length - results.length;
  const parts = [
    `${count('seen')} seen`,
    `${count('not_seen')} not seen`,
    `${count('skipped')} skipped`,
    `${count('not_possible')} not possible here`,
    `${count('left_open')} left to do`,
    `${left} not reached`,
  ];
  return `${stepIds.length} steps: ${parts.join(', ')}. The program’s own checks: ${found(true)} good, ${found(false)} wrong, ${found(null)} not possible.`;
}

function failure(result: StepResult, words: PrivateWords): string {
  const wrong = result.checks.filter(({ passed }) => passed === false);
  return [
    `**${result.id}**`,
    '',
    `- Do: ${result.do}`,
    `- Must be seen: ${result.see}`,
    ...(result.note === '' ? [] : [`- Seen instead: ${words.hide(result.note)}`]),
    ...wrong.map(({ text }) => `- The program found: ${words.hide(text)}`),
  ].join('\n');
}

/** Text that stays within its cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
