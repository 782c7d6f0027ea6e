import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile, sweepTemporaries } from '../../electron/adapters/atomic-file.ts';
import { whileHeld } from '../../electron/adapters/file-system.ts';
import { readPrivateFile } from '../../electron/adapters/private-file.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';
const oldContent = Buffer.from('the old content');
const newContent = Buffer.from('the new content, which is longer');

async function homeWithFile(): Promise<{ home: string; path: string }> {
  const home = await temporaryHome();
  const path = join(home, 'file.json');
  await writeFile(path, oldContent, { mode: 0o600 });
  return { home, path };
}

describe('replacing a file', () => {
  it('puts the new content in place and the old one under its own name', async () => {
    const { home, path } = await homeWithFile();
    const earlier = { path: join(home, 'file.previous.json'), bytes: oldContent };
    expect(await replaceFile(path, newContent, { earlier })).toEqual({ ok: true, value: null });
    expect(await readFile(path)).toEqual(newContent);
    expect(await readFile(earlier.path)).toEqual(oldContent);
    expect(await readdir(home)).toEqual(['file.json', 'file.previous.json']);
  });

  it.runIf(onPosix)('V01 writes its temporary with 0600 whatever the old file had', async () => {
    const { home, path } = await homeWithFile();
    await chmod(path, 0o644);
    const files = new FaultyFiles().failAt('rename', 'EIO').failAt('unlink', 'EIO');
    await replaceFile(path, newContent, { files });
    const [temporary = ''] = (await readdir(home)).filter((name) => name.includes('.tmp-'));
    expect((await stat(join(home, temporary))).mode & 0o777).toBe(0o600);
  });

  it.runIf(onPosix)(
    'A5 writes nothing into a file that others may read though it was made 0600',
    async () => {
      const { home, path } = await homeWithFile();
      const files = new FaultyFiles();
      files.fixedMode = 0o644;
      expect(await replaceFile(path, newContent, { files })).toEqual({
        ok: false,
        failure: 'open_to_others',
      });
      expect(files.steps).not.toContain('write');
      expect(await readdir(home)).toEqual(['file.json']);
      expect(await readFile(path)).toEqual(oldContent);
    },
  );

  it.runIf(onPosix)('A5 reads no file that stays open to others', async () => {
    const { path } = await homeWithFile();
    const files = new FaultyFiles();
    files.fixedMode = 0o644;
    expect(await readPrivateFile(path, { files })).toEqual({ kind: 'failed', reason: 'open_to_others' });
    await chmod(path, 0o644);
    const refusing = new FaultyFiles().failAt('chmod', 'EPERM');
    expect(await readPrivateFile(path, { files: refusing })).toMatchObject({ reason: 'open_to_others' });
  });

  it('V02 writes all of it where each write takes seven bytes only', async () => {
    const { path } = await homeWithFile();
    const files = new FaultyFiles();
    files.mostPerWrite = 7;
    await replaceFile(path, newContent, { files });
    expect(await readFile(path)).toEqual(newContent);
  });

  it('V02 gives up on a disk whose writes take nothing, the old file byte-identical', async () => {
    const { path } = await homeWithFile();
    const files = new FaultyFiles();
    files.mostPerWrite = 0;
    expect(await replaceFile(path, newContent, { files })).toEqual({ ok: false, failure: 'input_output' });
    expect(await readFile(path)).toEqual(oldContent);
  });

  it.each([
    ['V02', 'write', 'ENOSPC', 'disk_full'],
    ['V03', 'write', 'EDQUOT', 'disk_full'],
    ['V03', 'sync', 'EIO', 'input_output'],
    ['V03', 'close', 'EDQUOT', 'disk_full'],
    ['V03', 'open', 'EROFS', 'read_only'],
    ['V03', 'open', 'EACCES', 'no_permission'],
    ['V03', 'rename', 'EPERM', 'no_permission'],
    ['V03', 'rename', 'EXDEV', 'input_output'],
    ['V04', 'read', 'EIO', 'input_output'],
  ] as const)(
    '%s a %s that fails with %s is %s: the old file byte-identical, nothing left over',
    async (_id, step, code, reason) => {
      const { home, path } = await homeWithFile();
      const files = new FaultyFiles().failAt(step, code);
      expect(await replaceFile(path, newContent, { files })).toEqual({ ok: false, failure: reason });
      expect(await readFile(path)).toEqual(oldContent);
      expect(await readdir(home)).toEqual(['file.json']);
    },
  );

  it('V04 notices by reading back that a bit has changed, the old file byte-identical', async () => {
    const { home, path } = await homeWithFile();
    const files = new FaultyFiles();
    files.flipsBits = true;
    expect(await replaceFile(path, newContent, { files })).toEqual({ ok: false, failure: 'input_output' });
    expect(await readFile(path)).toEqual(oldContent);
    expect(await readdir(home)).toEqual(['file.json']);
  });

  it('V03 flushes the content before the rename, and the folder after it', async () => {
    const files = new FaultyFiles();
    const path = join(await temporaryHome(), 'file');
    expect(await replaceFile(path, Buffer.from('new'), { files })).toMatchObject({ ok: true });
    const order = files.steps.filter((step) => step === 'sync' || step === 'rename' || step === 'syncFolder');
    // Windows cannot flush a folder.
    expect(order).toEqual(['sync', 'rename', ...(process.platform === 'win32' ? [] : ['syncFolder'])]);
  });

  it('V03 tries a refused rename again where a virus scanner may hold the file', async () => {
    const { path } = await homeWithFile();
    const files = whileHeld(new FaultyFiles().failAt('rename', 'EPERM', 3), [0, 0, 0]);
    expect(await replaceFile(path, newContent, { files })).toEqual({ ok: true, value: null });
    expect(await readFile(path)).toEqual(newContent);
  });

  it('V03 says so when the rename is refused for good', async () => {
    const { path } = await homeWithFile();
    const files = new FaultyFiles().failAt('rename', 'EBUSY');
    expect(await replaceFile(path, newContent, { files: whileHeld(files, [0, 0]) })).toEqual({
      ok: false,
      failure: 'no_permission',
    });
    expect(files.steps.filter((step) => step === 'rename')).toHaveLength(3);
  });

  it.runIf(onPosix)('V15 neither follows nor replaces a link, and leaves what it leads to', async () => {
    const { home, path } = await homeWithFile();
    const linked = join(home, 'link.json');
    await symlink(path, linked);
    expect(await replaceFile(linked, newContent)).toEqual({ ok: false, failure: 'not_a_file' });
    expect(await readFile(path)).toEqual(oldContent);
  });

  it('V15 refuses a folder in its place', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'file.json'));
    expect(await replaceFile(join(home, 'file.json'), newContent)).toEqual({
      ok: false,
      failure: 'not_a_file',
    });
  });

  it('V15 leaves a hard link’s other name with the old content', async () => {
    const { home, path } = await homeWithFile();
    await link(path, join(home, 'other name'));
    await replaceFile(path, newContent);
    expect(await readFile(join(home, 'other name'))).toEqual(oldContent);
    expect(await readFile(path)).toEqual(newContent);
  });
});

describe('reading a file of our own', () => {
  it.runIf(onPosix)('V15 repairs permissions that were loosened to 0644', async () => {
    const { path } = await homeWithFile();
    await chmod(path, 0o644);
    expect(await readPrivateFile(path)).toEqual({ kind: 'content', bytes: oldContent });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('V15 still reads it on a disk where nothing can be repaired', async () => {
    const { path } = await homeWithFile();
    if (onPosix) await chmod(path, 0o644);
    const files = new FaultyFiles().failAt('chmod', 'EROFS');
    expect(await readPrivateFile(path, { files })).toEqual({ kind: 'content', bytes: oldContent });
  });

  it('answers what there is no content of', async () => {
    const { home, path } = await homeWithFile();
    expect(await readPrivateFile(join(home, 'none'))).toEqual({ kind: 'absent' });
    expect(await readPrivateFile(home)).toEqual({ kind: 'failed', reason: 'not_a_file' });
    expect(await readPrivateFile(path, { mostBytes: 3 })).toEqual({ kind: 'too_large' });
    const files = new FaultyFiles().failAt('read', 'EIO');
    expect(await readPrivateFile(path, { files })).toEqual({ kind: 'failed', reason: 'input_output' });
  });

  it.runIf(onPosix)('V15 does not follow a link', async () => {
    const { home, path } = await homeWithFile();
    await symlink(path, join(home, 'link'));
    expect(await readPrivateFile(join(home, 'link'))).toEqual({ kind: 'failed', reason: 'not_a_file' });
  });
});

describe('sweeping', () => {
  it('V01 takes away what killed writes left, conf’s too, and nothing else', async () => {
    const { home } = await homeWithFile();
    const ours = 'vault.keyring.json.tmp-0123456789abcdef';
    const kept = ['file.json', 'notes.tmp-1', 'vault.keyring.json'];
    for (const name of [ours, 'settings.json.tmp-1764000000a1b2c3', ...kept.slice(1)]) {
      await writeFile(join(home, name), '');
    }
    await sweepTemporaries(home);
    expect(await readdir(home)).toEqual(kept);
  });

  it('goes on where one cannot be deleted, and says so', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'a.tmp-0123456789abcdef'));
    await writeFile(join(home, 'b.tmp-0123456789abcdef'), '');
    expect((await sweepTemporaries(home)).ok).toBe(false);
    expect(await readdir(home)).toEqual(['a.tmp-0123456789abcdef']);
  });
});
