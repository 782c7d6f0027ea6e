import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfProblem } from '../../electron/cli/output.ts';
import { problemReasons, problemStatus, type ProblemCode } from '../../electron/contract/problems.ts';

const docs = join(import.meta.dirname, '../../docs');
const codes = Object.keys(problemStatus) as ProblemCode[];

/** The rows of a page's tables, each as the texts of its cells. */
function rowsOf(page: string): string[][] {
  return readFileSync(join(docs, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1));
}

describe('the documented refusals', () => {
  it('N5 N6 have the exit code that the command ends with', () => {
    const documented = rowsOf('commands.md').filter(([first = '']) => /^ \d $/.test(first));
    const exitCodes = documented.flatMap(([exit = '', , named = '']) =>
      [...named.matchAll(/`(\w+)`/g)].map(([, code]) => [code, Number(exit)]),
    );
    expect(exitCodes.sort()).toEqual(codes.map((code) => [code, exitCodeOfProblem(code)]).sort());
  });

  it('N5 N6 have their status and their reasons in the guide for tools', () => {
    const rows = rowsOf('connect-a-tool.md').map(([first = '']) => first);
    const statusOf = (code: ProblemCode) =>
      rows.flatMap((row) =>
        [...row.matchAll(/(\d{3})?((?: |, )`\w+`)+/g)].filter(([each]) => each.includes(`\`${code}\``)),
      );
    for (const code of codes) {
      const [[, status] = []] = statusOf(code);
      expect([code, Number(status)]).toEqual([code, problemStatus[code]]);
    }
    const reasons = rows.flatMap((row) => /^ `(\w+)` $/.exec(row)?.[1] ?? []);
    expect(reasons.sort()).toEqual([...problemReasons].sort());
  });
});
