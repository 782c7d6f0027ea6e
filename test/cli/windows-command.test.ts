import { describe, expect, it } from 'vitest';
import { findWindowsCommand } from '../../electron/cli/windows-command.ts';

const env = {
  Path: 'C:\\One;;"C:\\Two; of them";.\\tools',
  Pathext: '.COM;.EXE;.BAT;.CMD;.PY',
  SystemRoot: 'C:\\Windows',
};

/** A disk with these files in the folders that `env` names. */
function disk(files: Readonly<Record<string, string>>, folders: readonly string[] = []) {
  const known = new Map(Object.entries(files).map(([path, content]) => [path.toLowerCase(), content]));
  return {
    kindOf: (path: string) =>
      folders.includes(path) ? 'folder' : known.has(path.toLowerCase()) ? 'other' : 'absent',
    shebangOf: (path: string) => {
      const [, line = ''] = /^#!(.*)/.exec(known.get(path.toLowerCase()) ?? '') ?? [];
      return line.split(/[ \t]+/).filter(Boolean);
    },
  } as const;
}

function started(command: readonly string[], files: Readonly<Record<string, string>>) {
  const found = findWindowsCommand(command, env, disk(files));
  return found.ok ? found.value : found.failure;
}

describe('a command on Windows', () => {
  it('W2 is found in the folders of PATH, in their order, by the extensions of PATHEXT, in theirs', () => {
    const files = { 'C:\\One\\npm': '', 'C:\\One\\npm.cmd': '', 'C:\\Two; of them\\npm.exe': '' };
    expect(started(['npm', 'ci'], files)).toEqual(['C:\\One\\npm.CMD', 'ci']);
    expect(started(['npm.exe'], files)).toEqual(['C:\\Two; of them\\npm.exe']);
    expect(started(['TOOL'], { 'C:\\One\\tool.bat': '', 'C:\\One\\tool.exe': '' })).toEqual([
      'C:\\One\\TOOL.EXE',
    ]);
    expect(started(['deploy.v2'], { 'C:\\One\\deploy.v2.cmd': '' })).toEqual(['C:\\One\\deploy.v2.CMD']);
  });

  it('W2 is found by its path alone where it has one', () => {
    expect(started(['D:\\x\\tool'], { 'D:\\x\\tool.cmd': '', 'C:\\One\\tool.exe': '' })).toEqual([
      'D:\\x\\tool.CMD',
    ]);
    expect(started(['D:/x/tool.exe'], { 'D:\\x\\tool.exe': '' })).toEqual(['D:\\x\\tool.exe']);
  });

  it('W2 is a script that its interpreter of PATH runs', () => {
    const node = { 'C:\\One\\node.exe': '', 'D:\\run': '#!/usr/bin/env -S node --test\r' };
    expect(started(['D:\\run', 'a b'], node)).toEqual(['C:\\One\\node.EXE', '--test', 'D:\\run', 'a b']);
    const sh = { 'C:\\One\\sh.exe': '', 'D:\\run.sh': '#! /bin/sh -e' };
    expect(started(['D:\\run.sh'], sh)).toEqual(['C:\\One\\sh.EXE', '-e', 'D:\\run.sh']);
  });

  it.each([
    ['none', {}, 127, 'There is no command “none”. Check its name, its path and PATH.'],
    ['', {}, 127, 'There is no command “”.'],
    ['D:\\none.exe', {}, 127, 'There is no command “D:\\none.exe”.'],
    ['D:\\notes', { 'D:\\notes': 'text' }, 126, 'neither a program for this system nor a script'],
    ['D:\\lost', { 'D:\\lost': '#!/usr/bin/env perl' }, 126, 'its interpreter “perl” does not exist'],
    ['D:\\job.ps1', { 'D:\\job.ps1': '' }, 126, 'Start it as: powershell -File'],
  ])('W2 %j says in one sentence why it is not started', (name, files, exitCode, sentence) => {
    const failure = started([name], files);
    expect(failure).toMatchObject({ exitCode });
    expect(failure).toHaveProperty('sentence', expect.stringContaining(sentence));
  });

  it('W2 names a folder as such', () => {
    expect(findWindowsCommand(['D:\\bin'], env, disk({}, ['D:\\bin']))).toHaveProperty(
      'failure.sentence',
      expect.stringContaining('it is a folder'),
    );
  });

  it('W2 takes no line break where cmd.exe would cut the arguments off', () => {
    const files = { 'C:\\One\\a.cmd': '', 'C:\\One\\b.exe': '', 'C:\\One\\c.py': '' };
    expect(started(['a', 'one\ntwo'], files)).toMatchObject({ exitCode: 126 });
    expect(started(['c', 'one\ntwo'], files)).toMatchObject({ exitCode: 126 });
    expect(started(['b', 'one\ntwo'], files)).toEqual(['C:\\One\\b.EXE', 'one\ntwo']);
  });

  it.each([
    [['say "a & calc"'], false],
    [['x" & calc & "'], false],
    [['a"', 'b|c'], false],
    [['{"a":"b (c)"}'], false],
    [['{"a":"b, c"}'], true],
    [['a & b', '100%', '(c)'], true],
  ])('W2 gives a batch file %j only if cmd.exe finds no command in it: %j', (words, starts) => {
    const files = {
      'C:\\One\\npm.cmd': '',
      'D:\\x\\node_modules\\.bin\\npm.cmd': '',
      'C:\\One\\npm.exe': '',
    };
    const batch = started(['npm.cmd', ...words], files);
    if (starts) expect(batch).toEqual(['C:\\One\\npm.cmd', ...words]);
    else expect(batch).toMatchObject({ exitCode: 126 });
    // Escaped twice, and not at all.
    for (const name of ['D:\\x\\node_modules\\.bin\\npm.cmd', 'C:\\One\\npm.exe'])
      expect(started([name, ...words], files)).toEqual([name, ...words]);
  });
});
