import { describe, expect, it } from 'vitest';
import { appFolders } from '../support/launch-app.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

/** Says on its output what a call of safeStorage came to, each time the screen is locked. */
const main = (work: string) => `
import { app, powerMonitor, safeStorage } from 'electron';
import { join } from 'node:path';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const file = join(import.meta.dirname, 'sealed');
const say = (promise) => promise.then((value) => console.log(JSON.stringify(value)), (error) => console.log(error.message));
app.setPath('userData', join(import.meta.dirname, 'data'));
const opened = () => say(safeStorage.decryptStringAsync(readFileSync(file)));
${work}
`;
const sealAndOpen = main(`
app.whenReady().then(async () => {
  if (!existsSync(file)) writeFileSync(file, await safeStorage.encryptStringAsync('secret'));
  console.log(readFileSync(file).toString('latin1', 0, 3));
  await opened();
  powerMonitor.on('lock-screen', opened);
});`);

describe.runIf(hasBrowser)('safeStorage in the stand-in', () => {
  it('has no synchronous call, and no answer before ready', async () => {
    await using app = await launchSample({
      main: main(`
        console.log(['encryptString', 'decryptString', 'isEncryptionAvailable'].map((name) => typeof safeStorage[name]).join());
        await say(safeStorage.isAsyncEncryptionAvailable());
        await say(safeStorage.encryptStringAsync('x'));
        await say(safeStorage.decryptStringAsync(Buffer.from('v11')));
        app.on('ready', () => say(safeStorage.isAsyncEncryptionAvailable()));
      `),
    });
    await expect
      .poll(() => app.output)
      .toBe(
        [
          'undefined,undefined,undefined',
          'false',
          'safeStorage cannot be used before app is ready',
          'safeStorage cannot be used before app is ready',
          'true',
          '',
        ].join('\n'),
      );
  });

  it('opens after a restart what it sealed, and not with another key store or none', async () => {
    await using folders = await appFolders();
    const outputOf = async (keyStore: 'protected' | 'other-key' | 'obfuscation') => {
      await using app = await launchSample({ main: sealAndOpen }, { folders, computer: { keyStore } });
      await expect.poll(() => app.output).toMatch(/\n.+\n$/);
      return app.output;
    };
    const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';
    expect(await outputOf('protected')).toBe('v11\n{"result":"secret","shouldReEncrypt":false}\n');
    expect(await outputOf('protected')).toBe('v11\n{"result":"secret","shouldReEncrypt":false}\n');
    expect(await outputOf('other-key')).toBe(`v11\n${failure}\n`);
    expect(await outputOf('obfuscation')).toBe(`v11\n${failure}\n`);
  });

  it('can be locked, unlocked, given a new key, and left waiting for a person', async () => {
    await using app = await launchSample({ main: sealAndOpen });
    await expect.poll(() => app.output).toMatch(/secret/);
    const next = async () => {
      const before = app.output;
      await app.control('power.emit', 'lock-screen');
      await expect.poll(() => app.output).not.toBe(before);
      return app.output.slice(before.length);
    };
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
    expect(app.output).toBe(before);
    await app.control('keyStore.set', 'protected');
    await expect.poll(() => app.output).not.toBe(before);
  });

  it('encrypts without a key store all the same, and says so by its first bytes', async () => {
    await using app = await launchSample({ main: sealAndOpen }, { computer: { keyStore: 'obfuscation' } });
    await expect.poll(() => app.output).toBe('v10\n{"result":"secret","shouldReEncrypt":false}\n');
  });
});
