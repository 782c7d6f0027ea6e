// The default port is written in one file. A copy of the digits elsewhere would stay behind when it changes:
// `npm run check:port`. A folder as the argument: that repository instead of this one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? join(import.meta.dirname, '..');
// With and without a separator: the port for tools, the one for programs, and the default of earlier versions.
const digits = /\b(?:[24]7_?145|27_?146)\b/;
const allowed =
  /^(?:docs\/|examples\/|electron\/contract\/default-port\.ts$|package-lock\.json$)|\.(?:md|png|jpeg|ico|icns)$/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
});
for (const file of files.split('\0').filter((name) => name !== '' && !allowed.test(name))) {
  let text;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    // Deleted and not committed yet, or a link to a folder.
    continue;
  }
  const line = text.split('\n').findIndex((content) => digits.test(content)) + 1;
  if (line === 0) continue;
  process.stderr.write(
    `${file}:${line}: import defaultPort from electron/contract/default-port.ts instead of its digits.\n`,
  );
  process.exitCode = 1;
}
