import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homeFolder } from '../../electron/contract/home.ts';
import { temporaryHome } from './temporary-home.ts';

/** A system, and the variables by which a program finds the same home there. */
export interface HomeEnvironment {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly env: Readonly<Record<string, string>>;
}

/** Each way that the rule for the home leads to `home` without naming it, by links; on POSIX. */
export async function environmentsOf(home: string): Promise<readonly HomeEnvironment[]> {
  const user = await temporaryHome();
  const config = join(await temporaryHome(), 'config');
  const environments: readonly HomeEnvironment[] = [
    { platform: 'linux', env: { HOME: user } },
    { platform: 'linux', env: { HOME: user, XDG_CONFIG_HOME: '', TOKEN_TRAY_HOME: '' } },
    { platform: 'linux', env: { HOME: user, XDG_CONFIG_HOME: 'relative' } },
    { platform: 'linux', env: { HOME: '/nonexistent', XDG_CONFIG_HOME: config } },
    { platform: 'darwin', env: { HOME: user, XDG_CONFIG_HOME: '/nonexistent' } },
    { platform: 'win32', env: { HOME: '/nonexistent', LOCALAPPDATA: config } },
  ];
  for (const { platform, env } of environments) {
    const folder = homeFolder({ platform, env, homedir: env['HOME'] ?? '' }).replaceAll('\\', '/');
    mkdirSync(dirname(folder), { recursive: true });
    if (!existsSync(folder)) symlinkSync(home, folder);
  }
  return environments;
}
