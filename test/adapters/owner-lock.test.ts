import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failureText } from '../../electron/contract/failure-words.ts';
import { acquireOwnerLock, homeOwner, lockTrouble } from '../../electron/adapters/owner-lock.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { wallAtNoon } from '../support/stored-vault.ts';

const program = join(import.meta.dirname, '../support/owning-program.ts');

interface Contender {
  readonly child: ChildProcess;
  /** `owner`, or the process id that it was told. */
  readonly said: string;
}

async function contender(home: string, atEnd = ''): Promise<Contender> {
  const child = spawn(process.execPath, [program, home, atEnd], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
    return ended(child);
  });
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, said };
}

/** Given back at the end of the test in any case: the next test's home may be the same folder to the system. */
async function acquire(home: string): Promise<Awaited<ReturnType<typeof acquireOwnerLock>>> {
  const lock = await acquireOwnerLock(home, wallAtNoon);
  onTestFinished(async () => {
    if (lock.ok) await lock.value.release();
  });
  return lock;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe('owning a home', { timeout: 60_000 }, () => {
  it('is for one at a time; the others are told its process id', async () => {
    const home = await temporaryHome();
    const lock = await acquire(home);
    expect(lock.ok).toBe(true);
    expect(await acquire(home)).toEqual({
      ok: false,
      failure: { code: 'home_taken', pid: process.pid },
    });
    expect((await contender(home)).said).toBe(String(process.pid));
    if (lock.ok) await lock.value.release();
    const again = await acquire(home);
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.release();
  });

  it('can be asked for without being taken', async () => {
    const home = await temporaryHome();
    const nobody = { alive: false, pid: null };
    expect(await homeOwner(home)).toEqual(nobody);
    const lock = await acquire(home);
    expect(await homeOwner(home)).toEqual({ alive: true, pid: process.pid });
    if (lock.ok) await lock.value.release();
    expect(await homeOwner(home)).toEqual(nobody);
    expect(await homeOwner(join(home, 'none'))).toEqual(nobody);
    expect(await readdir(home)).toEqual([]);
  });

  it('says in the file “lock” who it is, until it lets go', async () => {
    const home = await temporaryHome();
    const lock = await acquire(home);
    const note: unknown = JSON.parse(await readFile(join(home, 'lock'), 'utf8'));
    expect(note).toEqual({ pid: process.pid, startedAt: '2026-11-23T12:00:00.000Z' });
    if (lock.ok) await lock.value.release();
    expect(await readdir(home)).toEqual([]);
  });

  it('is the same home by every path that leads to it', async () => {
    const home = await temporaryHome();
    const other = join(await temporaryHome(), 'link');
    await symlink(home, other);
    const lock = await acquire(home);
    expect((await acquire(other)).ok).toBe(false);
    if (lock.ok) await lock.value.release();
  });

  it('is not stopped by what a program left that died long ago', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'lock'), `{"pid":${process.pid}}`);
    const lock = await acquire(home);
    expect(lock.ok).toBe(true);
    if (lock.ok) await lock.value.release();
  });

  it('fails where there is no home', async () => {
    const missing = join(await temporaryHome(), 'missing');
    const refused = await acquire(missing);
    expect(refused).toEqual({
      ok: false,
      failure: { code: 'home_unusable', home: missing, reason: 'input_output' },
    });
  });

  it('V13 of eight in this process that try at the same moment exactly one wins', async () => {
    const home = await temporaryHome();
    const tries = await Promise.all(Array.from({ length: 8 }, () => acquire(home)));
    const winners = tries.filter(({ ok }) => ok);
    for (const one of winners) if (one.ok) await one.value.release();
    expect(winners).toHaveLength(1);
  });

  it('V13 of four programs that start at the same moment exactly one wins, and all know which', async () => {
    const home = await temporaryHome();
    const contenders = await Promise.all(Array.from({ length: 4 }, () => contender(home)));
    const [owner, ...others] = contenders.filter(({ said }) => said === 'owner');
    expect(others).toEqual([]);
    const told = contenders.filter((one) => one !== owner).map(({ said }) => said);
    expect(new Set(told)).toEqual(new Set([String(owner?.child.pid)]));
  });

  it('V14 is free at once after its owner was killed', async () => {
    const home = await temporaryHome();
    const { child, said } = await contender(home);
    expect(said).toBe('owner');
    child.kill('SIGKILL');
    await ended(child);
    expect((await contender(home)).said).toBe('owner');
  });

  it.each(['', 'release'])('does not keep a program from ending (%s)', async (atEnd) => {
    const { child } = await contender(await temporaryHome(), atEnd);
    child.stdin?.end();
    await ended(child);
    expect(child.exitCode).toBe(0);
  });
});

describe('a disk that does not lock files', () => {
  const failing = (code: string) => Object.assign(new Error('open'), { syscall: 'open', code });

  it.each(['ENOTSUP', 'ENOLCK', 'Unknown system error -77', 'Unknown system error -102'])(
    'M5 has words of its own: %s',
    (code) => {
      const reason = lockTrouble(failing(code));
      expect(reason).toBe('no_locks');
      const text = failureText({ code: 'home_unusable', home: '/Network/home', reason });
      expect(text).toContain('does not lock files, as some network disks do not. Choose a folder on a disk');
    },
  );

  it('M5 is not one that reports an error', () => {
    expect(lockTrouble(failing('EIO'))).toBe('input_output');
  });
});
