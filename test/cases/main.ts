// Which test proves which case of docs/cases.md. `npm run cases` prints a table, with what became of the tests in the
// last whole `npm test`; with --check it prints nothing, and fails where a case is proven nowhere, or a test names one
// that is not in the list.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gaps, listedCases, namedCases, resultsOf, shownElsewhere, type ReportedTest } from './case-table.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const listed = listedCases(read('docs/cases.md'));
const elsewhere = shownElsewhere(read('docs/verification.md'));
const files = globSync('test/**/*.{test,long,windows}.ts', { cwd: root })
  // Its names of cases are examples.
  .filter((path) => path !== 'test/cases/case-table.test.ts')
  .sort();
const named = new Map(files.map((path) => [path, namedCases(read(path))]));

const wrong = gaps({ listed, named, elsewhere });
for (const sentence of wrong) console.error(sentence);
if (wrong.length > 0) process.exitCode = 1;
if (!process.argv.includes('--check')) console.log(table().join('\n'));

function table(): string[] {
  const results = lastResults();
  if (results === null) console.error('There is no report of a whole run: npm test makes one.');
  const rows = [...listed].map(([id, tried]) => {
    const where = [...named].filter(([, ids]) => ids.has(id)).map(([path]) => path);
    const result = where.length === 0 ? '' : (results?.get(id) ?? 'not known');
    return `| ${id} | ${tried} | ${where.join('<br>')} | ${result} | ${elsewhere.get(id) ?? ''} |`;
  });
  return [
    '| case | what is tried | tests | result | left to be shown |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function lastResults(): ReadonlyMap<string, string> | null {
  const report = join(root, 'out/test-report.json');
  if (!existsSync(report)) return null;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: readonly { readonly assertionResults: readonly ReportedTest[] }[];
  };
  return resultsOf(testResults.flatMap(({ assertionResults }) => assertionResults));
}
