import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { relaunchedApp } from '../support/app-in-stand-in.ts';
import { appFolders } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { keyRing } from './api/key-ring.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

/**
 * Says on its output what a call of safeStorage came to: before `ready`, after it, each time the screen is locked, and
 * seals anew each time it is unlocked.
 */
const main = `
import { app, powerMonitor, safeStorage } from 'electron';
import { join } from 'node:path';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const file = join(import.meta.dirname, 'sealed');
const say = (promise) => promise.then((value) => console.log(JSON.stringify(value)), (error) => console.log(error.message));
app.setPath('userData', join(import.meta.dirname, 'data'));
const seal = async () => writeFileSync(file, await safeStorage.encryptStringAsync('secret'));
const opened = () => {
  const bytes = readFileSync(file);
  console.log(bytes.toString('latin1', 0, 3));
  return say(safeStorage.decryptStringAsync(bytes));
};
console.log(['encryptString', 'decryptString', 'isEncryptionAvailable'].map((name) => typeof safeStorage[name]).join());
await say(safeStorage.isAsyncEncryptionAvailable());
await say(safeStorage.encryptStringAsync('x'));
await say(safeStorage.decryptStringAsync(Buffer.from('v11')));
app.whenReady().then(async () => {
  await say(safeStorage.isAsyncEncryptionAvailable());
  if (!existsSync(file)) await seal();
  await opened();
  powerMonitor.on('suspend', opened);
  powerMonitor.on('resume', () => seal().then(opened));
});`;

const beforeReady = [
  'undefined,undefined,undefined',
  'false',
  'safeStorage cannot be used before app is ready',
  'safeStorage cannot be used before app is ready',
  '',
].join('\n');
const atStart = `${beforeReady}true\n`;
const sealed = 'v11\n{"result":"secret","shouldReEncrypt":false}\n';
const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';

/** Waits until the start is over, and answers what an event adds to the output from then on. */
async function opener(app: LaunchedApp) {
  await expect.poll(() => app.output).toMatch(/^true\nv1.\n.+\n$/m);
  return async (event: 'suspend' | 'resume' = 'suspend') => {
    const before = app.output;
    await app.control('power.emit', event);
    await expect.poll(() => app.output.slice(before.length)).toMatch(/\n.+\n$/);
    return app.output.slice(before.length);
  };
}

describe.runIf(hasBrowser)('safeStorage in the stand-in', () => {
  it('T10 T11 has no synchronous call, no answer before ready, and keeps for the whole process what the key store said first', async () => {
    await using folders = await appFolders();
    {
      await using app = await launchSample({ main }, { folders });
      const next = await opener(app);
      expect(app.output).toBe(atStart + sealed);
      // A key store that is locked later takes nothing back.
      await app.control('keyStore.set', 'locked');
      expect(await next()).toBe(sealed);
    }
    {
      // One that gave no key opens nothing in this process, and says so as if the key were lost.
      await using app = await launchSample({ main }, { folders, computer: { keyStore: 'locked' } });
      const next = await opener(app);
      expect(app.output).toBe(`${atStart}v11\n${failure}\n`);
      await app.control('keyStore.set', 'protected');
      expect(await next()).toBe(`v11\n${failure}\n`);
    }
    {
      // While its prompt is open everything waits, the first question too; then the answer counts.
      await using app = await launchSample({ main }, { folders, computer: { keyStore: 'prompting' } });
      await app.control('windows.list');
      expect(app.output).toBe(beforeReady);
      await app.control('keyStore.set', 'protected');
      const next = await opener(app);
      expect(app.output).toBe(atStart + sealed);
      expect(await next()).toBe(sealed);
    }
    await using app = await launchSample({ main }, { folders, computer: { keyStore: 'other-key' } });
    await opener(app);
    expect(app.output).toBe(`${atStart}v11\n${failure}\n`);
  });

  it('encrypts by the constant key without a key store, and asks to encrypt again once there is one', async () => {
    await using folders = await appFolders();
    {
      await using app = await launchSample({ main }, { folders, computer: { keyStore: 'obfuscation' } });
      const next = await opener(app);
      expect(await next()).toBe('v10\n{"result":"secret","shouldReEncrypt":false}\n');
    }
    await using app = await launchSample({ main }, { folders });
    const next = await opener(app);
    expect(app.output).toBe(`${atStart}v10\n{"result":"secret","shouldReEncrypt":true}\n`);
    expect(await next('resume')).toBe(sealed);
  });

  it.each(['darwin', 'win32'] as const)(
    'on %s has one key, which is temporarily unavailable where it was denied',
    (platform) => {
      const owner = { platform, userData: '/data', name: 'Sample' };
      expect(keyRing('protected', owner).encrypts).toBe('v10');
      expect(keyRing('locked', owner)).toEqual({ keys: new Map([['v10', null]]), encrypts: null });
    },
  );
});

describe.runIf(hasBrowser)('app.relaunch in the stand-in', () => {
  it('T11 starts the app again once it has ended, with its own arguments or those that are given', async () => {
    await using folders = await appFolders();
    const sample = `
      import { app, safeStorage } from 'electron';
      import { appendFileSync } from 'node:fs';
      import { join } from 'node:path';
      app.setPath('userData', join(import.meta.dirname, 'data'));
      const told = process.argv.slice(2);
      const first = app.requestSingleInstanceLock();
      app.whenReady().then(async () => {
        const mark = (await safeStorage.encryptStringAsync('x')).toString('latin1', 0, 3);
        if (told.includes('--again')) app.relaunch({ args: [process.argv[1], '--last'] });
        else if (!told.includes('--last')) app.relaunch({ args: [process.argv[1], '--again'] });
        appendFileSync(join(import.meta.dirname, 'starts'), JSON.stringify([first, mark, ...told]) + '\\n');
      });`;
    await using app = await launchSample(
      { main: sample },
      { folders, args: ['--one'], computer: { keyStore: 'locked' } },
    );
    const starts = async (count: number) => {
      const lines = () =>
        readFileSync(join(folders.root, 'sample/starts'), 'utf8')
          .trim()
          .split('\n')
          .map((line): unknown => JSON.parse(line));
      await expect.poll(lines, { timeout: 10_000 }).toHaveLength(count);
      return lines();
    };
    await starts(1);
    await app.control('keyStore.set', 'protected');
    await app.control('app.quit');
    expect(await app.ended()).toBe(0);
    await using again = await relaunchedApp(folders);
    await starts(2);
    await again.end('SIGTERM');
    await using last = await relaunchedApp(folders);
    expect(last.pid).not.toBe(again.pid);
    expect(await starts(3)).toEqual([
      [true, 'v10', '--one'],
      [true, 'v11', '--again'],
      [true, 'v11', '--last'],
    ]);
  });
});
