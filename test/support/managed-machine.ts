import { spawnSync } from 'node:child_process';
import { existsSync, rmdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';

const folder = '/etc/token-tray';

/** Whether a test can be the administrator of a machine that nobody else sees. */
export const canManageMachine =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/**
 * The command before a program that lets it find this policy in its place, in a file system of its own. No other
 * program of this computer sees it.
 */
export function managedMachine(policy: string): readonly string[] {
  if (!existsSync(folder)) {
    onTestFinished(() => {
      if (existsSync(folder)) rmdirSync(folder);
    });
  }
  const script = [
    `mkdir -p ${folder}`,
    `mount -t tmpfs -o mode=755 tmpfs ${folder}`,
    `printf %s "$1" > ${folder}/policy.json`,
    `chmod 644 ${folder}/policy.json`,
    'shift',
    'exec "$@"',
  ].join(' && ');
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', policy];
}
