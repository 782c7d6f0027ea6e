import { styleText } from 'node:util';
import type { FindingLevel, FindingWords } from '../contract/doctor-findings.ts';

export type DescribedFinding = FindingWords & { readonly level: FindingLevel };

// The word says what sign and colour say, for those who see neither.
const marks = {
  good: { sign: '✓', word: 'good', colour: 'green' },
  note: { sign: '!', word: 'note', colour: 'yellow' },
  wrong: { sign: '✗', word: 'mend', colour: 'red' },
} as const;

/** The findings for a person at a terminal: a line each, its remedy below. Coloured where `stream` shows colours. */
export function doctorList(findings: readonly DescribedFinding[], stream: NodeJS.WritableStream): string {
  const lines = findings.flatMap(({ level, sentence, remedy }) => {
    const { sign, word, colour } = marks[level];
    const mark = styleText(colour, `${sign} ${word}`, { stream });
    return [`${mark}  ${oneLine(sentence)}`, ...(remedy === null ? [] : [`        ${oneLine(remedy)}`])];
  });
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  return [...lines, '', summary(wrong)].join('\n');
}

function summary(wrong: number): string {
  if (wrong === 0) return 'Nothing needs mending.';
  return wrong === 1 ? 'One thing needs mending.' : `${wrong} things need mending.`;
}

/** Names of files and programs come from outside, and could tell a terminal what to do. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, '�');
}
