import { describe, expect, it } from 'vitest';
import { appFolders } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
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
  powerMonitor.on('lock-screen', opened);
  powerMonitor.on('unlock-screen', () => seal().then(opened));
});`;

const atStart = [
  'undefined,undefined,undefined',
  'false',
  'safeStorage cannot be used before app is ready',
  'safeStorage cannot be used before app is ready',
  'true',
  '',
].join('\n');
const sealed = 'v11\n{"result":"secret","shouldReEncrypt":false}\n';
const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';

/** Waits until the start is over, and answers what an event adds to the output from then on. */
async function opener(app: LaunchedApp) {
  await expect.poll(() => app.output).toMatch(/^true\nv1.\n.+\n$/m);
  return async (event: 'lock-screen' | 'unlock-screen' = 'lock-screen') => {
    const before = app.output;
    await app.control('power.emit', event);
    await expect.poll(() => app.output.slice(before.length)).toMatch(/\n.+\n$/);
    return app.output.slice(before.length);
  };
}

describe.runIf(hasBrowser)('safeStorage in the stand-in', () => {
  it('has no synchronous call, no answer before ready, and opens after a restart what it sealed; it can be locked, given a new key, and left waiting for a person', async () => {
    await using folders = await appFolders();
    {
      await using app = await launchSample({ main }, { folders });
      await opener(app);
      expect(app.output).toBe(atStart + sealed);
    }
    {
      await using app = await launchSample({ main }, { folders });
      const next = await opener(app);
      expect(app.output).toBe(atStart + sealed);
      await app.control('keyStore.set', 'locked');
      expect(await next()).toMatch(/temporarily unavailable/);
      await app.control('keyStore.set', 'protected');
      expect(await next()).toContain('"shouldReEncrypt":false');
      await app.control('keyStore.rotate');
      expect(await next()).toContain('"shouldReEncrypt":true');
      await app.control('keyStore.set', 'prompting');
      const before = app.output;
      await app.control('power.emit', 'lock-screen');
      await app.control('windows.list');
      expect(app.output).toBe(`${before}v11\n`);
      await app.control('keyStore.set', 'protected');
      await expect.poll(() => app.output).toContain(`${before}v11\n{"result":"secret"`);
    }
    await using app = await launchSample({ main }, { folders, computer: { keyStore: 'other-key' } });
    const next = await opener(app);
    expect(app.output).toBe(`${atStart}v11\n${failure}\n`);
    // None opens it either; without a key store it encrypts all the same, and says so by its first bytes.
    await app.control('keyStore.set', 'obfuscation');
    expect(await next()).toBe(`v11\n${failure}\n`);
    expect(await next('unlock-screen')).toBe('v10\n{"result":"secret","shouldReEncrypt":false}\n');
  });
});
