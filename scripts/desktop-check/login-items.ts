import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { isSwitchedOn } from '../../electron/desktop/autostart-entry.ts';
import type { Install } from './step.ts';

/** What starts the app at login, as the system has it. */
export interface LoginItems {
  /** Whether the app that is checked starts at login; null: this system does not tell a program. */
  isOn(): Promise<boolean | null>;
  /** Puts back what was there when `loginItems` was called. `false`: that is for the person to do. */
  restore(): Promise<boolean>;
}

export interface LoginItemParts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
  readonly install: Install;
  /** The program of the app that is checked. */
  readonly program: string;
  /** Runs Windows' `reg`; its output, or null if it failed. */
  readonly reg?: (args: readonly string[]) => Promise<string | null>;
}

const runKey = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`;

export async function loginItems(parts: LoginItemParts): Promise<LoginItems> {
  if (parts.platform === 'linux') return autostartFile(parts);
  if (parts.platform === 'win32') return runValues(parts);
  // Only the app itself is told about its login item (SMAppService).
  return { isOn: () => Promise.resolve(null), restore: () => Promise.resolve(false) };
}

async function autostartFile({ env, homedir, install }: LoginItemParts): Promise<LoginItems> {
  const configHome = env['XDG_CONFIG_HOME'];
  const folder = `${configHome?.startsWith('/') ? configHome : `${homedir}/.config`}/autostart`;
  const paths = {
    package: `${folder}/token-tray.desktop`,
    checkout: `${folder}/token-tray-checkout.desktop`,
  };
  const read = (path: string) => readFile(path, 'utf8').catch(() => null);
  const before = await Promise.all(
    Object.values(paths).map(async (path) => ({ path, entry: await read(path) })),
  );
  return {
    async isOn() {
      const entry = await read(paths[install]);
      return entry !== null && isSwitchedOn(entry);
    },
    async restore() {
      for (const { path, entry } of before) {
        if ((await read(path)) === entry) continue;
        if (entry === null) await rm(path, { force: true });
        else await writeFile(path, entry);
      }
      return true;
    },
  };
}

async function runValues({ program, reg = runReg }: LoginItemParts): Promise<LoginItems> {
  const read = async () => {
    const lines = ((await reg(['query', runKey])) ?? '').split(/\r?\n/);
    const values = lines.map((line) => /^ {4}(.+?) {4}(REG_\w+) {4}(.*)$/.exec(line));
    return new Map(values.flatMap((found) => (found === null ? [] : [[found[1] ?? '', found] as const])));
  };
  const isOurs = (data = '') => data.toLowerCase().includes(program.toLowerCase());
  const before = await read();
  return {
    isOn: async () => [...(await read()).values()].some((found) => isOurs(found[3])),
    async restore() {
      const now = await read();
      // Other programs' values may have changed meanwhile, and stay as they are.
      const names = new Set(
        [...before, ...now].filter(([, found]) => isOurs(found[3])).map(([name]) => name),
      );
      for (const name of names) {
        const [, , type = '', data = ''] = before.get(name) ?? [];
        if (!before.has(name)) await reg(['delete', runKey, '/v', name, '/f']);
        else if (now.get(name)?.[3] !== data)
          await reg(['add', runKey, '/v', name, '/t', type, '/d', data, '/f']);
      }
      return true;
    },
  };
}

function runReg(args: readonly string[]): Promise<string | null> {
  const program = `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
  return new Promise((resolve) => {
    execFile(program, [...args], (error, stdout) => resolve(error ? null : stdout));
  });
}
