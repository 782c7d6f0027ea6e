import { spawnSync } from 'node:child_process';

/**
 * Has Linux treat us, and all that we start, as batch work (sched(7)): nobody is interrupted because another wakes.
 * Else the load's process takes the processor from a server at each of its answers, from the slower of two servers
 * far more often, and the change is counted as the server's own time. Does nothing where there is no `chrt`.
 */
export function becomeBatchWork(): void {
  if (process.platform === 'linux')
    spawnSync('chrt', ['--batch', '--all-tasks', '--pid', '0', String(process.pid)]);
}
