import { describe, expect, it } from 'vitest';
import { gaps, listedCases, namedCases, resultsOf, shownElsewhere } from './case-table.ts';

const listed = listedCases('| case | what is tried |\n| --- | --- |\n| S01 | a | b |\n| S02 | c | d |\n');

describe('the table of cases', () => {
  it('finds the cases at the beginning of names, in all quotes and several at once', () => {
    const source = `it('S01 a', x); it.each([1])("S02 S03 b", x); describe(\`E11 c\`, x); it('N7 d', x); it('about S09', x);`;
    expect([...namedCases(source)]).toEqual(['S01', 'S02', 'S03', 'E11', 'N7']);
  });

  it('takes a case for proven by a test, or by a line of what is shown elsewhere', () => {
    const elsewhere = shownElsewhere(
      '## Cases of it\n| case | what | where |\n| S02 | the rest | by hand |\n',
    );
    expect([...elsewhere]).toEqual([['S02', 'the rest (by hand)']]);
    expect(gaps({ listed, named: new Map([['a.test.ts', new Set(['S01'])]]), elsewhere })).toEqual([]);
  });

  it('names a case that is proven nowhere, and one that nobody knows', () => {
    const named = new Map([['a.test.ts', new Set(['S01', 'S09'])]]);
    expect(gaps({ listed, named, elsewhere: new Map([['S08', 'by hand']]) })).toEqual([
      'S02 has no test, and no line in docs/verification.md.',
      'S09 is not in docs/cases.md.',
      'S08 is not in docs/cases.md.',
    ]);
  });

  it('counts what became of each case’s tests', () => {
    const tests = [
      { fullName: 'a group S01 a test', status: 'passed' },
      { fullName: 'S01 S02 another', status: 'pending' },
      { fullName: 'S02 a third', status: 'failed' },
    ];
    expect([...resultsOf(tests)]).toEqual([
      ['S01', '1 passed, 1 not run here'],
      ['S02', '1 failed, 1 not run here'],
    ]);
  });
});
