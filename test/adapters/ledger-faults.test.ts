import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FaultyFiles } from '../support/faulty-files.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { intent, ledgerIn } from '../support/written-ledger.ts';

const day = 24 * 60 * 60 * 1000;

describe('a ledger that cannot be had', () => {
  it.runIf(process.platform !== 'win32')('V15 as a link is neither read nor written through', async () => {
    const { ledger, path, now } = ledgerIn(await temporaryHome());
    const elsewhere = join(await temporaryHome(), 'elsewhere');
    await writeFile(elsewhere, '');
    await symlink(elsewhere, path);
    expect(await ledger.read()).toBeNull();
    expect(await ledger.appendIntent(intent('line-1', now))).toBe(false);
    expect(await readFile(elsewhere, 'utf8')).toBe('');
  });

  it('V15 as a folder says no', async () => {
    const { ledger, path, now, log } = ledgerIn(await temporaryHome());
    await mkdir(path);
    expect(await ledger.read()).toBeNull();
    expect(await ledger.appendIntent(intent('line-1', now))).toBe(false);
    expect(log.names).toEqual(['ledger_unreadable', 'ledger_unwritable']);
  });

  it.each([
    ['V02', 'write', 'ENOSPC'],
    ['V03', 'sync', 'EIO'],
    ['V03', 'open', 'EROFS'],
    // Windows cannot flush a folder.
    ...(process.platform === 'win32' ? [] : [['V03', 'syncFolder', 'EIO'] as const]),
    ['V03', 'close', 'EDQUOT'],
  ] as const)(
    '%s a %s that fails with %s is told, and the next line is whole again',
    async (_id, step, code) => {
      const files = new FaultyFiles().failAt(step, code, 1);
      const { ledger, now, ids } = ledgerIn(await temporaryHome(), files);
      expect(await ledger.appendIntent(intent('line-1', now))).toBe(false);
      expect(await ledger.appendIntent(intent('line-2', now))).toBe(true);
      expect(await ids()).toContain('line-2');
    },
  );

  it('V02 takes half a line back', async () => {
    const files = new FaultyFiles();
    const { ledger, now, path } = ledgerIn(await temporaryHome(), files);
    await ledger.appendIntent(intent('line-1', now));
    const before = await readFile(path, 'utf8');
    files.failAt('sync', 'ENOSPC', 1);
    expect(await ledger.appendIntent(intent('line-2', now))).toBe(false);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('stays whole where the old lines cannot be left out', async () => {
    const files = new FaultyFiles();
    const { ledger, now, ids, log, lines } = ledgerIn(await temporaryHome(), files);
    await ledger.appendIntent(intent('old', now - 91 * day));
    await ledger.appendIntent(intent('new', now));
    files.failAt('rename', 'EROFS');
    expect(await ids()).toEqual(['new']);
    expect(await lines()).toHaveLength(3);
    expect(log.names).toEqual(['ledger_not_pruned']);
  });
});
