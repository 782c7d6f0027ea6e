import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile, sweepTemporaries } from '../../electron/adapters/atomic-file.ts';
import { publishDiscovery, withdrawStaleDiscovery } from '../../electron/adapters/discovery-file.ts';
import { nodeFileSystem, whileHeld } from '../../electron/adapters/file-system.ts';
import { LogFile } from '../../electron/adapters/log-file.ts';
import { readPrivateFile } from '../../electron/adapters/private-file.ts';
import { moveAside } from '../../electron/adapters/set-aside.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { Secret } from '../../electron/core/secret.ts';
import { FaultyFiles, type Step } from '../support/faulty-files.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const discovery = {
  url: 'http://127.0.0.1:7145',
  socket: null,
  key: new Secret<'endpoint key'>('KEY'),
  pid: 1,
  startedAt: 0,
};

/** A disk on which another program has a file open: the next three such steps are refused. */
function held(step: Step, code = 'EBUSY') {
  return whileHeld(new FaultyFiles().failAt(step, code, 3), [0, 0, 0]);
}

describe('a file that another program has open', () => {
  it('W3 is moved aside once it is let go', async () => {
    const home = await temporaryHome();
    const path = join(home, 'settings.json');
    await writeFile(path, 'not valid');
    const moved = await moveAside(path, 'corrupt', { clock: systemClock, files: held('rename') });
    expect(moved.ok).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('W3 is read once it is let go, and at once refused for lack of rights', async () => {
    const path = join(await temporaryHome(), 'file');
    await writeFile(path, 'text', { mode: 0o600 });
    expect(await readPrivateFile(path, { files: held('open') })).toMatchObject({ kind: 'content' });
    const files = new FaultyFiles().failAt('open', 'EPERM');
    expect(await readPrivateFile(path, { files: whileHeld(files, [0]) })).toMatchObject({ kind: 'failed' });
    expect(files.steps.filter((step) => step === 'open')).toHaveLength(1);
  });

  it.each(['open', 'unlink'] as const)(
    'W3 is taken away by its owner, though %s is refused',
    async (step) => {
      const home = await temporaryHome();
      const faulty = new FaultyFiles();
      const published = await publishDiscovery(home, discovery, whileHeld(faulty, [0, 0, 0]));
      faulty.failAt(step, 'EBUSY', 3);
      if (published.ok) await published.value.withdraw();
      expect(await readdir(home)).toEqual([]);
    },
  );

  it('W3 is swept with what a killed owner left', async () => {
    const home = await temporaryHome();
    for (const name of ['endpoint.json', 'curlrc', 'vault.keyring.json.tmp-0123456789abcdef']) {
      await writeFile(join(home, name), '');
    }
    expect(await sweepTemporaries(home, { files: held('unlink') })).toMatchObject({ ok: true });
    await withdrawStaleDiscovery(home, held('unlink', 'EPERM'));
    expect(await readdir(home)).toEqual([]);
  });

  it('W3 costs no line of the log: it is written on, within a bound, and put away later', async () => {
    const home = await temporaryHome();
    const logs = join(home, 'logs');
    const log = new LogFile(home, 30);
    // Nothing takes the place of a folder.
    await mkdir(join(logs, 'token-tray.log.1', 'held'), { recursive: true });
    for (const line of [1, 2, 3, 4, 5, 6, 7, 8]) log.write(`the line ${line}\n`);
    expect(readFileSync(join(logs, 'token-tray.log'), 'utf8')).toBe(
      [1, 2, 3, 4, 5].map((line) => `the line ${line}\n`).join(''),
    );
  });

  it.runIf(process.platform === 'win32')('W3 is waited for by the disk of this computer', async () => {
    const home = await temporaryHome();
    const path = join(home, 'file');
    await writeFile(path, 'old');
    // libuv's UV_FS_O_EXLOCK: no other program may open, rename or delete the file, as while a scanner looks at it.
    const hold = () => {
      const scanner = openSync(path, constants.O_RDONLY | 0x1000_0000);
      setTimeout(() => closeSync(scanner), 1_000);
    };
    hold();
    expect(await replaceFile(path, Buffer.from('new'))).toEqual({ ok: true, value: null });
    expect(await readFile(path, 'utf8')).toBe('new');
    hold();
    await nodeFileSystem.unlink(path);
    expect(await readdir(home)).toEqual([]);
  });
});
