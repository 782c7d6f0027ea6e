import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loginItems } from '../../scripts/desktop-check/login-items.ts';
import { temporaryHome } from '../support/temporary-home.ts';

/** Windows' `reg`, for the one key that is asked for. */
class FakeRegistry {
  readonly values = new Map<string, string>();

  readonly reg = (args: readonly string[]): Promise<string | null> => {
    const [verb, , , name = '', , , , data = ''] = args;
    if (verb === 'add') this.values.set(name, data);
    if (verb === 'delete') this.values.delete(name);
    const lines = [...this.values].map((value) => `    ${value[0]}    REG_SZ    ${value[1]}`);
    return Promise.resolve(['', 'HKEY_CURRENT_USER\\…\\Run', ...lines, ''].join('\r\n'));
  };
}

const program = String.raw`C:\Program Files\Token Tray\Token Tray.exe`;

describe('start at login, as the desktop check finds and restores it', () => {
  it('knows an entry of Windows by its program, and removes one that was new', async () => {
    const registry = new FakeRegistry();
    registry.values.set('Other', String.raw`C:\other.exe`);
    const parts = { platform: 'win32', env: {}, homedir: '', install: 'package', program } as const;
    const login = await loginItems({ ...parts, reg: registry.reg });
    expect(await login.isOn()).toBe(false);
    registry.values.set('io.github.token-tray', `"${program}" --hidden`);
    registry.values.set('New of another program', String.raw`C:\new.exe`);
    expect(await login.isOn()).toBe(true);
    expect(await login.restore()).toBe(true);
    expect([...registry.values.keys()]).toEqual(['Other', 'New of another program']);
  });

  it('puts an entry of Windows back that the check turned off or overwrote', async () => {
    const registry = new FakeRegistry();
    registry.values.set('io.github.token-tray', `"${program}" --hidden`);
    const parts = { platform: 'win32', env: {}, homedir: '', install: 'package', program } as const;
    const login = await loginItems({ ...parts, reg: registry.reg });
    registry.values.delete('io.github.token-tray');
    await login.restore();
    expect(registry.values.get('io.github.token-tray')).toBe(`"${program}" --hidden`);
  });

  // A folder of Windows has no path that Linux takes as absolute.
  it.skipIf(process.platform === 'win32')('restores both entries of Linux', async () => {
    const folder = await temporaryHome();
    const installed = join(folder, 'autostart/token-tray.desktop');
    const ofCheckout = join(folder, 'autostart/token-tray-checkout.desktop');
    await mkdir(join(folder, 'autostart'));
    await writeFile(installed, 'as the person has it');
    const login = await loginItems({
      platform: 'linux',
      env: { XDG_CONFIG_HOME: folder },
      homedir: '/nonexistent',
      install: 'checkout',
      program: '/electron',
    });
    expect(await login.isOn()).toBe(false);
    await writeFile(installed, 'changed');
    await writeFile(ofCheckout, '[Desktop Entry]\nType=Application\nName=Token Tray\n');
    expect(await login.isOn()).toBe(true);
    await login.restore();
    expect(await readFile(installed, 'utf8')).toBe('as the person has it');
    await expect(readFile(ofCheckout)).rejects.toThrow('ENOENT');
  });

  it('leaves macOS to the person', async () => {
    const login = await loginItems({ platform: 'darwin', env: {}, homedir: '', install: 'package', program });
    expect([await login.isOn(), await login.restore()]).toEqual([null, false]);
  });
});
