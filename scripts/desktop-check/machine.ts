import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, release, version } from 'node:os';
import { keyStoreServices } from '../../electron/desktop/key-store-service.ts';
import { askSessionBus, messageBus } from '../../electron/desktop/session-bus.ts';
import type { System } from './desktop.ts';

export type Facts = readonly (readonly [name: string, value: string])[];

/**
 * What a fault's reader has to know about this computer; no names of persons or computers. `showsIcons`: whether the
 * session bus has a place for tray icons, on Linux; null: unknown.
 */
export async function machineFacts({ platform, env }: System, showsIcons: boolean | null): Promise<Facts> {
  if (platform === 'darwin') {
    const number = await askProgram('/usr/bin/sw_vers', ['-productVersion']);
    return [['system', `macOS ${number ?? ''} (Darwin ${release()}, ${arch()})`]];
  }
  if (platform === 'win32') return [['system', `${version()} ${release()} ${arch()}`]];
  const distribution = /^PRETTY_NAME="?([^"\n]*)/m.exec(await textOf('/etc/os-release'))?.[1] ?? 'Linux';
  const [gnome, plasma] = await Promise.all([
    askProgram('gnome-shell', ['--version']),
    askProgram('plasmashell', ['--version']),
  ]);
  const current = env['XDG_CURRENT_DESKTOP'] ?? '';
  const desktop = /kde/i.test(current) ? plasma : /gnome/i.test(current) ? gnome : null;
  return [
    ['system', `${distribution} (Linux ${release()}, ${arch()})`],
    ['desktop', [desktop ?? 'version not known', `XDG_CURRENT_DESKTOP=${current}`].join(', ')],
    ['session', `XDG_SESSION_TYPE=${env['XDG_SESSION_TYPE'] ?? ''}`],
    ['place for tray icons', showsIcons === null ? 'not known' : showsIcons ? 'yes' : 'no'],
    ['key store services', await keyStoreStates()],
  ];
}

/** The Secret Service and KWallet, as far as the session bus has them. */
async function keyStoreStates(): Promise<string> {
  const states = await Promise.all(
    keyStoreServices.map(async (name) => {
      const answer = await askSessionBus({ ...messageBus, method: 'NameHasOwner', texts: [name] });
      if (answer.kind !== 'answered') return `${name} not known`;
      return `${name} ${answer.text.includes('true') ? 'runs' : 'does not run'}`;
    }),
  );
  return states.join(', ');
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** The first line of what a program of the system prints; null: it is not there, or fails. */
function askProgram(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 5_000 }, (error, stdout) => {
      resolve(error ? null : (stdout.split('\n')[0] ?? '').trim());
    });
  });
}
