import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { sweepTemporaries } from '../../electron/adapters/atomic-file.ts';
import { FaultyFiles, type Step } from '../support/faulty-files.ts';
import { session } from '../support/session-records.ts';
import { outcome, StoredVault, wordsOf } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

async function writtenTwice(home: string): Promise<StoredVault> {
  const vault = new StoredVault(home);
  await vault.write(session(1), 0);
  await vault.write(session(2), 1);
  return vault;
}

describe('a vault on a failing disk', { timeout: 60_000 }, () => {
  it('V02 a full disk leaves the old file byte-identical, and the save succeeds once there is space', async () => {
    const { home } = await writtenTwice(await temporaryHome());
    const before = await textsOf(new StoredVault(home));
    const files = new FaultyFiles().failAt('write', 'ENOSPC', 2);
    const vault = new StoredVault(home, { files });
    const check = await vault.check();
    expect(outcome(check)).toBe('vault_unwritable disk_full');
    expect(wordsOf(check)).toContain('the disk is full');
    expect(outcome(await vault.write(session(3), 2))).toBe('vault_unwritable disk_full');
    expect(await textsOf(vault)).toEqual(before);
    expect(outcome(await vault.write(session(3), 2))).toBe('ok 3');
    expect(await new StoredVault(home).contents()).toEqual(['access-3 (3)']);
  });

  it('V02 short writes lose nothing', async () => {
    const files = new FaultyFiles();
    files.mostPerWrite = 11;
    const vault = new StoredVault(await temporaryHome(), { files });
    await vault.write(session(1), 0);
    expect(await new StoredVault(vault.home).contents()).toEqual(['access-1 (1)']);
  });

  it('V04 a bit that changes on the way to the disk is noticed, and the old generation stays', async () => {
    const { home } = await writtenTwice(await temporaryHome());
    const files = new FaultyFiles();
    files.flipsBits = true;
    const refused = await new StoredVault(home, { files }).write(session(3), 2);
    expect(outcome(refused)).toBe('vault_unwritable input_output');
    expect(await new StoredVault(home).contents()).toEqual(['access-2 (2)']);
  });

  // EIO stands for what is not tried again, EBUSY for what is; the others differ in their words alone.
  it.each([
    ['EIO', 'each step', () => true],
    ['EBUSY', 'each step', () => true],
    ...['ENOSPC', 'EROFS', 'EACCES', 'EPERM', 'EDQUOT', 'EXDEV'].map(
      (code) =>
        [code, 'a write and a rename', (step: Step) => step === 'write' || step === 'rename'] as const,
    ),
  ] as const)(
    'V03 %s at %s of a save leaves both generations whole, and the save can be repeated',
    async (code, _which, isTried) => {
      const counting = new FaultyFiles();
      const { home: measured } = await writtenTwice(await temporaryHome());
      await new StoredVault(measured, { files: counting }).write(session(3), 2);

      const root = await temporaryHome();
      for (const [index, name] of counting.steps.entries()) {
        if (!isTried(name)) continue;
        const step = index + 1;
        const home = join(root, String(step));
        await mkdir(home);
        const before = await textsOf(await writtenTwice(home));
        const failing = new StoredVault(home, { files: new FaultyFiles().failAtStep(step, code) });
        const saved = await failing.write(session(3), 2);
        const at = `step ${step}, ${name}`;
        const { current, previous } = await textsOf(failing);
        // What comes after the last rename is the flush of the folder: the new generation is in place already.
        const inPlace = saved.ok || step > counting.steps.lastIndexOf('rename') + 1;
        if (!inPlace) expect(current, at).toEqual(before.current);
        for (const text of [current, previous]) expect(JSON.parse(text), at).toBeTypeOf('object');
        const now = inPlace ? ['access-3 (3)'] : ['access-2 (2)'];
        expect(await new StoredVault(home).contents(), at).toEqual(now);
        if (!saved.ok) expect(outcome(await failing.write(session(3), 2)), at).toMatch(/^ok [34]$/);
        expect(await new StoredVault(home).contents(), at).toEqual([expect.stringMatching(/^access-3/)]);
      }
    },
  );

  it('V05 garbage that cannot be moved aside is never written over', async () => {
    const vault = await writtenTwice(await temporaryHome());
    await writeFile(vault.file, 'garbage');
    const files = new FaultyFiles().failAt('rename', 'EROFS');
    const failing = new StoredVault(vault.home, { files });
    expect(await failing.contents()).toEqual(['access-1 (1)']);
    expect(outcome(await failing.write(session(3), 1))).toBe('vault_unwritable read_only');
    expect(await readFile(vault.file, 'utf8')).toBe('garbage');
    // Nor where that alone fails, and a new file could be put in its place.
    const once = new FaultyFiles().failAt('rename', 'EROFS', 1);
    const failingOnce = new StoredVault(vault.home, { files: once });
    expect(outcome(await failingOnce.write(session(3), 1))).toBe('vault_unwritable read_only');
    expect(await readFile(vault.file, 'utf8')).toBe('garbage');
  });

  it('V08 an unreadable vault of which no copy can be kept is not written over', async () => {
    const vault = await writtenTwice(await temporaryHome());
    const before = await vault.bytes();
    await writeFile(vault.file, before.toString().replace('marked by this', 'marked by that'));
    await writeFile(vault.previousFile, '');
    const unreadable = await vault.bytes();
    const files = new FaultyFiles().failAt('write', 'ENOSPC');
    expect(outcome(await new StoredVault(vault.home, { files }).write(session(3), 2))).toBe(
      'vault_unwritable disk_full',
    );
    expect(await vault.bytes()).toEqual(unreadable);
  });
});

describe('a program that is killed while it saves', () => {
  const program = join(import.meta.dirname, '../support/saving-program.ts');

  /** Lets it save so many times, kills it, and answers the last generation that it said is saved in each home. */
  async function killedAfter(saves: number, homes: readonly string[]): Promise<number[]> {
    const child = spawn(process.execPath, [program, ...homes], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const last = homes.map(() => 0);
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const [home = 0, generation = 0] = line.split(' ').map(Number);
      last[home] = generation;
      seen += 1;
      if (seen === saves) child.kill('SIGKILL');
    }
    await ended;
    expect(seen).toBeGreaterThanOrEqual(saves);
    return last;
  }

  // One process is killed amid the saves of six homes: a start of Node.js costs more than they all.
  it('V01 leaves the last saved generation or the next one, whole, and temporaries of 0600 that are swept', async () => {
    const temporaries: number[] = [];
    const homes = await Promise.all(Array.from({ length: 6 }, () => temporaryHome()));
    const found = homes.map(() => 0);
    for (let round = 0; round < 4; round += 1) {
      const saved = await killedAfter(6 + Math.floor(Math.random() * 66), homes);
      for (const [index, home] of homes.entries()) {
        const last = Math.max(saved[index] ?? 0, found[index] ?? 0);
        const vault = new StoredVault(home);
        const contents = await vault.contents();
        expect([last, last + 1].map(inShort)).toContainEqual(contents);
        found[index] = inShort(last)[0] === contents[0] ? last : last + 1;
        expect(vault.notices).toEqual([]);
        for (const name of await readdir(home)) {
          if (name.includes('.tmp-')) temporaries.push((await stat(join(home, name))).mode & 0o777);
        }
        await sweepTemporaries(home);
        expect((await readdir(home)).filter((name) => name.includes('.tmp-'))).toEqual([]);
      }
    }
    expect(temporaries.every((mode) => mode === 0o600 || process.platform === 'win32')).toBe(true);
  }, 60_000);
});

/** What a vault holds after so many saves. */
function inShort(generation: number): string[] {
  return generation === 0 ? [] : [`access-${generation} (${generation})`];
}

async function textsOf(vault: StoredVault) {
  return {
    current: await readFile(vault.file, 'utf8'),
    previous: await readFile(vault.previousFile, 'utf8'),
  };
}
