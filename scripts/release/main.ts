// `npm run release`: the parts of a release that need no secret. docs/packaging.md says how a release is made.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { notesOf } from './changelog.ts';
import { githubRepository, readinessProblems } from './readiness.ts';

const usage = `npm run release -- --dry              does every step that needs no secret, and prints what a release would upload
npm run release -- --check TAG        whether this commit can be released under TAG (no packages needed)
npm run release -- --collect FOLDER   checks FOLDER/files, and writes FOLDER/files/SHA256SUMS and FOLDER/notes.md
A release itself starts when you push a tag: docs/packaging.md.
`;
const { values } = parseArgs({
  options: { dry: { type: 'boolean' }, check: { type: 'string' }, collect: { type: 'string' } },
});
const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as { version: string; repository?: unknown };
const changelog = read('CHANGELOG.md');
const repository = process.env['GITHUB_REPOSITORY'] ?? null;
const { version } = manifest;
const source = `https://github.com/${repository ?? githubRepository(manifest.repository) ?? 'OWNER/NAME'}/blob/v${version}`;

if (values.check !== undefined) {
  end(readinessProblems({ tag: values.check, repository, manifest, changelog }));
} else if (values.collect !== undefined) {
  const { collect, linesOf } = await import('./collect.ts');
  const { files, problems } = collect(join(values.collect, 'files'), version);
  const notes = notesOf(changelog, version, source);
  if (notes === null) problems.push(`CHANGELOG.md has no section for ${version}, or an empty one.`);
  else writeFileSync(join(values.collect, 'notes.md'), notes);
  process.stdout.write(
    linesOf(files)
      .map((line) => `${line}\n`)
      .join(''),
  );
  end(problems);
} else if (values.dry === true) {
  const { dryRelease } = await import('./dry.ts');
  const problems = readinessProblems({ tag: `v${version}`, repository, manifest, changelog });
  const folder = join(root, 'out', 'release');
  process.exitCode = dryRelease({ root, folder, version, changelog, source, problems }) ? 0 : 1;
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}

function end(problems: readonly string[]): void {
  // GitHub shows such a line with the run.
  const mark = process.env['GITHUB_ACTIONS'] === 'true' ? '::error::' : '';
  for (const problem of problems) process.stderr.write(`${mark}${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
