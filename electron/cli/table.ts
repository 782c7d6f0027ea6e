import { styleText } from 'node:util';
import Table from 'cli-table3';

const borders =
  'top top-left top-mid top-right left left-mid mid mid-mid middle right right-mid bottom bottom-left bottom-mid bottom-right';
const noBorders = Object.fromEntries(borders.split(' ').map((name) => [name, '']));

/** Columns under their heads, as text for standard output; the heads are bold on a terminal. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    head: heads.map((head) => styleText('bold', head, { stream: process.stdout })),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  made.push(...rows.map((row) => [...row]));
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
