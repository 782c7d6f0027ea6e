import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { standInSettings } from '../support/app-in-stand-in.ts';
import { browserExecutable } from '../support/browser.ts';
import { changed, smoke, smokeKeyStore } from './smoke.ts';

const root = join(import.meta.dirname, '../..');
const standIn = [
  process.execPath,
  '--import',
  join(root, 'test/electron-host/register.mjs'),
  join(root, 'out/main/main.js'),
] as const;

describe.skipIf(browserExecutable() === null)('the trial of a packaged app', () => {
  it('does the whole job with the built app in Electron’s stand-in', async () => {
    const said: string[] = [];
    vi.stubEnv('ELECTRON_HOST_SETTINGS', JSON.stringify(await standInSettings()));
    onTestFinished(() => void vi.unstubAllEnvs());
    await smoke(standIn, (line) => said.push(line));
    expect(said.join('\n')).toMatch(/the API takes its token[^]*It has ended, and left no address behind\./);
  });

  it('opens at the next start what the key store sealed, and fails where there is none', async () => {
    const said: string[] = [];
    const settings = await standInSettings();
    vi.stubEnv('ELECTRON_HOST_SETTINGS', JSON.stringify(settings));
    onTestFinished(() => void vi.unstubAllEnvs());
    await smokeKeyStore(standIn, (line) => said.push(line));
    expect(said).toEqual(['The key store has sealed the session.', 'The next start has opened it.']);
    vi.stubEnv('ELECTRON_HOST_SETTINGS', JSON.stringify({ ...settings, keyStore: 'obfuscation' }));
    await expect(smokeKeyStore(standIn, () => undefined)).rejects.toThrow('guarded by memory');
  });

  it('fails where the app ends at once, and says what it said', async () => {
    const ending = [process.execPath, '-e', 'console.error("no display"); process.exit(3)'] as const;
    await expect(smoke(ending, () => undefined)).rejects.toThrow(/serves nobody.*no display/s);
  });

  it('changes one byte of the app’s own code', () => {
    const archive = Buffer.from('{"files":{}} Token Tray does not start with --inspect');
    const other = changed(archive);
    expect(archive.filter((byte, at) => byte !== other[at])).toHaveLength(1);
  });
});
