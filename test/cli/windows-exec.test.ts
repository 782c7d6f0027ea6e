import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../electron/cli/command-process.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const shared = new AsyncDisposableStack();
const oddArguments = [
  'two words',
  '',
  '50%',
  '%PATH%',
  'a^b',
  'a&b',
  'a|b',
  'C:\\folder\\',
  '!x!',
  'جدول',
  '(a)',
  'a;b,c=d',
];

let folder: string;
let told: string;

/** Puts the folder first in PATH, as a person's shell has it, and lets our own process stand elsewhere. */
function inPath(path: string): void {
  const before = process.env['PATH'];
  process.env['PATH'] = [path, dirname(process.execPath), before].join(';');
  onTestFinished(() => {
    process.env['PATH'] = before;
  });
}

async function printed(): Promise<{ readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }> {
  return JSON.parse(await readFile(told, 'utf8')) as { args: string[]; env: NodeJS.ProcessEnv };
}

beforeAll(async () => {
  folder = await temporaryHome(shared);
  told = join(folder, 'told.json');
  await mkdir(join(folder, 'bin'));
  const program = `require('node:fs').writeFileSync(${JSON.stringify(told)},
    JSON.stringify({ args: process.argv.slice(2), env: process.env }));`;
  await writeFile(join(folder, 'bin', 'tell.cjs'), program);
  const batch = '@echo off\r\n"%TELL_NODE%" "%~dp0tell.cjs" %*\r\nexit /b 7\r\n';
  for (const name of ['tell.cmd', 'batch.bat', 'odd&name.cmd', 'two words.cmd']) {
    await writeFile(join(folder, 'bin', name), batch);
  }
  // npm puts both into a folder: a script for a shell of Unix, and one for Windows.
  await writeFile(join(folder, 'bin', 'tell'), '#!/bin/sh\nexit 1\n');
  await writeFile(join(folder, 'bin', 'script'), `#!/usr/bin/env node\n${program}`);
  process.env['TELL_NODE'] = process.execPath;
});

beforeEach(() => writeFile(told, '{}'));

afterAll(() => shared.disposeAsync());

describe.skipIf(process.platform !== 'win32')('exec on Windows', () => {
  it.each(['tell.cmd', 'tell', 'TELL', 'batch', 'batch.bat', 'odd&name'])(
    'W2 starts %s of PATH, with its arguments whole and its exit code',
    async (name) => {
      inPath(join(folder, 'bin'));
      expect(await runCommand([name, ...oddArguments], {})).toBe(7);
      expect((await printed()).args).toEqual(oddArguments);
    },
  );

  it('W2 starts a batch file by its path, with or without its extension', async () => {
    for (const name of ['tell.cmd', 'tell']) {
      expect(await runCommand([join(folder, 'bin', name), 'a b'], {})).toBe(7);
      expect((await printed()).args).toEqual(['a b']);
    }
  });

  it('W2 starts a batch file whose name holds a space', async () => {
    inPath(join(folder, 'bin'));
    expect(await runCommand(['two words', 'a b'], {})).toBe(7);
    expect((await printed()).args).toEqual(['a b']);
  });

  it('W2 starts a script by the interpreter that its first line names', async () => {
    inPath(join(folder, 'bin'));
    expect(await runCommand(['script', ...oddArguments], {})).toBe(0);
    expect((await printed()).args).toEqual(oddArguments);
  });

  it('W2 starts a program itself, with its arguments whole and its exit code', async () => {
    inPath(join(folder, 'bin'));
    expect(await runCommand(['node', join(folder, 'bin', 'tell.cjs'), ...oddArguments], {})).toBe(0);
    expect((await printed()).args).toEqual(oddArguments);
    expect(await runCommand([process.execPath, '-e', 'process.exit(23)'], {})).toBe(23);
  });

  it('W4 starts nothing of the current folder that was not asked for by its path', async () => {
    const here = await temporaryHome();
    const before = process.cwd();
    process.chdir(here);
    onTestFinished(() => process.chdir(before));
    for (const name of ['planted.cmd', 'node.cmd', 'tell.bat']) {
      await writeFile(join(here, name), '@echo planted > planted.txt\r\n');
    }
    inPath(join(folder, 'bin'));
    expect(await runCommand(['planted'], {})).toBe(127);
    expect(await runCommand(['tell'], {})).toBe(7);
    expect(await runCommand(['script'], {})).toBe(0);
    expect(existsSync(join(here, 'planted.txt'))).toBe(false);
    expect(await runCommand(['.\\planted'], {})).toBe(0);
    expect(existsSync(join(here, 'planted.txt'))).toBe(true);
  });

  it.each(['SIGINT', 'SIGBREAK', 'SIGHUP'] as const)(
    'W9 leaves %s to the command, which has it from the console, and waits for its end',
    async (signal) => {
      const told = join(await temporaryHome(), 'told');
      const waits = `const { existsSync, writeFileSync } = require('node:fs');
        writeFileSync(${JSON.stringify(`${told}.ready`)}, '');
        setInterval(() => existsSync(${JSON.stringify(told)}) && process.exit(5), 20);`;
      // Libraries of other tests in this process may end it by their own.
      const others = process.listeners(signal);
      const ended = runCommand([process.execPath, '-e', waits], {});
      await expect.poll(() => existsSync(`${told}.ready`)).toBe(true);
      const own = process.listeners(signal).filter((listener) => !others.includes(listener));
      expect(own).toHaveLength(1);
      for (const listener of own) listener(signal);
      await writeFile(told, '');
      expect(await ended).toBe(5);
    },
  );

  it('W5 hands over the new value whatever the case of the name that has the old one', async () => {
    process.env['MY_TOKEN'] = 'old';
    onTestFinished(() => {
      delete process.env['MY_TOKEN'];
    });
    const program = join(folder, 'bin', 'tell.cjs');
    expect(await runCommand([process.execPath, program], { my_token: 'new' })).toBe(0);
    const { env } = await printed();
    expect(Object.entries(env).filter(([name]) => name.toUpperCase() === 'MY_TOKEN')).toEqual([
      ['my_token', 'new'],
    ]);
  });
});
