import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from './changelog.ts';
import { linesOf, listed, writeChecksums } from './collect.ts';
import { requiredFiles } from './files.ts';

interface DryRelease {
  /** The project's folder. */
  readonly root: string;
  /** Where the files are made. */
  readonly folder: string;
  readonly version: string;
  readonly changelog: string;
  /** Where the notes' links lead. */
  readonly source: string;
  /** What a person has to settle before the tag. */
  readonly problems: readonly string[];
}

/** Makes what this machine can make without a secret, and prints what a release would upload. False: a step failed. */
export function dryRelease({ root, folder, version, changelog, source, problems }: DryRelease): boolean {
  const files = join(folder, 'files');
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  say(`Release v${version}, dry: nothing is uploaded.`);
  const steps = [
    step(root, `The app’s files for ${process.platform}`, ['packaging/main.ts', '--dry']),
    step(root, 'The package for npm', ['scripts/npm-package.mjs', files]),
    ...['app', 'cli'].map((artifact) => {
      const { passed, output } = step(root, `The SBOM of the ${artifact}`, ['scripts/sbom.mjs', artifact]);
      writeFileSync(join(files, `token-tray-${artifact}.cdx.json`), output);
      return { passed };
    }),
  ];
  const made = listed(files);
  writeChecksums(files, made);
  const notes = notesOf(changelog, version, source) ?? notesOf(changelog, 'Unreleased', source) ?? '';
  writeFileSync(join(folder, 'notes.md'), notes);

  say(`\nA release uploads these to its draft. They are in ${files}:`);
  for (const line of linesOf(made)) say(line);
  say('  SHA256SUMS, which lists them and is what is attested');
  say('and these, which macOS, Windows and Linux make and sign:');
  const there = made.map(({ name }) => name);
  for (const name of requiredFiles(version).filter((each) => !there.includes(each))) say(`  ${name}`);
  const tag = version.includes('-') ? 'next' : 'latest';
  say(`When a person publishes the draft, token-tray-${version}.tgz goes to npm with the tag ${tag}.`);
  say(`\nThe notes (${join(folder, 'notes.md')}) have ${notes.split('\n').length - 1} lines.`);
  if (problems.length > 0) say('\nTo settle before the tag:');
  for (const problem of problems) say(`- ${problem}`);
  return steps.every(({ passed }) => passed);
}

/** Runs a script of the project, and says how it went, with the end of what it says. */
function step(cwd: string, title: string, args: readonly string[]) {
  const options = { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  const passed = status === 0;
  say(`${passed ? 'done  ' : 'FAILED'}  ${title} (node ${args.slice(0, 2).join(' ')})`);
  if (!passed) say(stderr.trim());
  else if (args.includes('--dry')) say(stdout.trimEnd().split('\n').slice(-2).join('\n'));
  return { passed, output: stdout };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
