import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainFailedStart, foreseeFailedStart } from '../../electron/cli/failed-start.ts';

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-tray-'));
  env = { PATH: `${folder}:/usr/bin:/bin` };
  const put = (name: string, content: string | Uint8Array, mode = 0o755) =>
    writeFileSync(join(folder, name), content, { mode });
  put('plain', 'text', 0o644);
  put('lost', '#!/no/such/interpreter\n');
  put('windows', '#!/bin/sh\r\necho ran\r\n');
  put('barred', `#! ${join(folder, 'plain')} -x\n`);
  put('garbage', new Uint8Array(64));
  put('elsewhere', Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001'), Buffer.alloc(120, 1)]));
  put('red', '#!/\u001b[31mno\n');
  mkdirSync(join(folder, 'folder'));
  symlinkSync('circle', join(folder, 'circle'));
});

afterAll(() => rm(folder, { recursive: true }));

/** The code that Node gives for a command that does not start. */
function codeOf(command: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const tell = (error: NodeJS.ErrnoException) => resolve(error.code ?? '');
  try {
    spawn(command, [], { env })
      .on('error', tell)
      .on('spawn', () => resolve('started'));
  } catch (error) {
    if (error instanceof Error) tell(error);
  }
  return promise;
}

describe.skipIf(process.platform === 'win32')('a command that cannot be started', () => {
  it.each([
    ['no-such-command', 127, 'There is no command “no-such-command”.'],
    ['HERE/no-such-file', 127, 'There is no command'],
    ['', 127, 'There is no command “”.'],
    ['folder', 127, 'There is no command “folder”.'],
    ['HERE/folder', 126, 'it is a folder'],
    ['HERE/plain', 126, 'this user may not execute it'],
    ['plain', 126, 'this user may not execute it'],
    ['HERE/plain/command', 126, 'a part of its path is a file'],
    ['HERE/lost', 126, 'its interpreter “/no/such/interpreter” does not exist'],
    ['lost', 126, 'its interpreter “/no/such/interpreter” does not exist'],
    ['HERE/windows', 126, 'its first line ends as on Windows'],
    ['HERE/barred', 126, 'plain” cannot be executed'],
    ['HERE/garbage', 126, 'neither a program for this system nor a script'],
    ['elsewhere', 126, 'neither a program for this system nor a script'],
    ['HERE/circle', 126, 'symbolic links lead in a circle'],
    [`HERE/${'n'.repeat(5000)}`, 126, 'its name is too long'],
    ['HERE/red', 126, 'its interpreter “/�[31mno” does not exist'],
    ['nul\0', 126, 'a NUL character'],
  ])('X1 %j is %i, in one sentence that names the cause', async (name, exitCode, cause) => {
    const command = name.replace('HERE', folder);
    const failed =
      foreseeFailedStart(command, env) ?? explainFailedStart(command, await codeOf(command), env);
    expect(failed.exitCode).toBe(exitCode);
    expect(failed.sentence).toContain(cause);
    expect(failed.sentence).toMatch(/^[^\p{Cc}]+\. [^\p{Cc}]+\.?$/u);
  });

  it.each(['E2BIG', 'EAGAIN', 'EMFILE', 'ETXTBSY', 'ENOMEM', 'EPERM'])(
    'X1 %s is 126, in one sentence',
    (code) => {
      const failed = explainFailedStart('sh', code, env);
      expect(failed.exitCode).toBe(126);
      expect(failed.sentence).toMatch(/^The command “sh” cannot be run: [^\n]+\. [^\n]+\.$/);
    },
  );

  it.each(['sh', '/bin/sh', process.execPath])('X1 %s can be tried', (command) => {
    expect(foreseeFailedStart(command, env)).toBeNull();
  });
});
