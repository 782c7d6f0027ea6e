import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, release, version } from 'node:os';
import type { System } from './desktop.ts';

export type Facts = readonly (readonly [name: string, value: string])[];

/** Runs a program of the system; its first line, or null where it is not there or fails. */
export type Ask = (program: string, args: readonly string[]) => Promise<string | null>;

/**
 * What a fault's reader has to know about this computer; no names of persons or computers. `showsIcons`: whether the
 * session bus has a place for tray icons, on Linux; `ask` is for tests.
 */
export async function machineFacts(
  { platform, env }: System,
  showsIcons: boolean | null,
  ask: Ask = askProgram,
): Promise<Facts> {
  if (platform === 'darwin') {
    const number = await ask('/usr/bin/sw_vers', ['-productVersion']);
    return [['system', `macOS ${number ?? ''} (Darwin ${release()}, ${arch()})`]];
  }
  if (platform === 'win32') return [['system', `${version()} ${release()} ${arch()}`]];
  const distribution = /^PRETTY_NAME="?([^"\n]*)/m.exec(await textOf('/etc/os-release'))?.[1] ?? 'Linux';
  const [gnome, plasma] = await Promise.all([
    ask('gnome-shell', ['--version']),
    ask('plasmashell', ['--version']),
  ]);
  const current = env['XDG_CURRENT_DESKTOP'] ?? '';
  const desktop = /kde/i.test(current) ? plasma : /gnome/i.test(current) ? gnome : null;
  return [
    ['system', `${distribution} (Linux ${release()}, ${arch()})`],
    ['desktop', [desktop ?? 'version not known', `XDG_CURRENT_DESKTOP=${current}`].join(', ')],
    ['session', `XDG_SESSION_TYPE=${env['XDG_SESSION_TYPE'] ?? ''}`],
    ['place for tray icons', showsIcons === true ? 'yes' : 'no'],
    ['key store services', await keyStoreServices(ask)],
  ];
}

/** The Secret Service and KWallet, as far as the session bus has them. */
async function keyStoreServices(ask: Ask): Promise<string> {
  const names = ['org.freedesktop.secrets', 'org.kde.kwalletd6', 'org.kde.kwalletd5'];
  const states = await Promise.all(
    names.map(async (name) => {
      const answer = await ask('gdbus', [
        ...['call', '--session', '--timeout', '2', '--dest', 'org.freedesktop.DBus'],
        ...['--object-path', '/org/freedesktop/DBus', '--method', 'org.freedesktop.DBus.NameHasOwner', name],
      ]);
      return answer === null
        ? `${name} not known`
        : `${name} ${answer.includes('true') ? 'runs' : 'does not run'}`;
    }),
  );
  return states.join(', ');
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function askProgram(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 5_000 }, (error, stdout) => {
      resolve(error ? null : (stdout.split('\n')[0] ?? '').trim());
    });
  });
}
