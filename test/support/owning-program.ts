import { acquireOwnerLock } from '../../electron/adapters/owner-lock.ts';

/*
 * Run as a program of its own: tries to own a home, prints `owner` or the owner's process id, and as the owner
 * stays until its standard input ends; then it lets go if it is told to by `release`, else it just ends.
 */
const [, , home = '', atEnd = ''] = process.argv;
const lock = await acquireOwnerLock(home, { wallNow: () => Date.now() });
if (lock.ok) {
  process.stdout.write('owner\n');
  process.stdin.resume();
  process.stdin.once('end', () => {
    if (atEnd === 'release') void lock.value.release();
  });
} else {
  process.stdout.write(
    `${lock.failure.code === 'home_taken' ? String(lock.failure.pid) : lock.failure.code}\n`,
  );
}
