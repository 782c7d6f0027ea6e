import { chmod, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeRoom, diskRoom } from '../../../electron/adapters/doctor/disk-space.ts';
import { lookAtFiles, lookAtHome } from '../../../electron/adapters/doctor/home-look.ts';
import { leftovers } from '../../../electron/adapters/doctor/leftovers.ts';
import { temporaryHome } from '../../support/temporary-home.ts';

const me = process.getuid?.();
const posix = me !== undefined;

/** A home with these files, each 0600 and with the text `{}`. */
async function homeWith(...names: string[]): Promise<string> {
  const home = await temporaryHome();
  for (const name of names) await writeFile(join(home, name), '{}', { mode: 0o600 });
  return home;
}

describe('the folder', () => {
  it.skipIf(!posix)('is good where it is this user’s alone, and its names are told', async () => {
    const home = await homeWith('tools.json');
    expect(await lookAtHome(home, me)).toEqual({
      findings: [{ code: 'home_good', home }],
      names: ['tools.json'],
    });
  });

  it('is told where the system does not say whose it is', async () => {
    const home = await temporaryHome();
    expect((await lookAtHome(home, undefined)).findings).toEqual([{ code: 'home_unchecked', home }]);
  });

  it('is missing, and is not made', async () => {
    const home = join(await temporaryHome(), 'none');
    expect(await lookAtHome(home, me)).toEqual({ findings: [{ code: 'home_missing', home }], names: null });
    expect((await lookAtHome(home, me)).names).toBeNull();
  });

  it('is a file', async () => {
    const home = join(await homeWith('file'), 'file');
    expect((await lookAtHome(home, me)).findings).toEqual([{ code: 'home_not_a_folder', home }]);
  });

  it.skipIf(!posix).each([
    [0o755, '0755'],
    [0o777, '0777'],
    [0o1710, '1710'],
  ])('V15 is open to others with mode %o', async (mode, told) => {
    const home = await temporaryHome();
    await chmod(home, mode);
    expect((await lookAtHome(home, me)).findings).toEqual([{ code: 'home_open', home, mode: told }]);
  });

  it.skipIf(!posix)('P08 belongs to another user', async () => {
    const home = await temporaryHome();
    const findings = [{ code: 'home_foreign', home, owner: me }];
    expect((await lookAtHome(home, Number(me) + 1)).findings).toEqual(findings);
  });
});

describe.skipIf(!posix)('the files', () => {
  const ours = ['ledger.jsonl', 'settings.json', 'vault.keyring.json', 'vault.keyring.previous.json'];

  it('are good where they are this user’s alone; other people’s files in the home are left alone', async () => {
    const home = await homeWith(...ours);
    await writeFile(join(home, 'notes.txt'), 'mine', { mode: 0o644 });
    await mkdir(join(home, 'logs'), { mode: 0o700 });
    expect(await lookAtFiles(home, [...ours, 'notes.txt', 'logs', 'gone.json'], me)).toEqual([]);
  });

  it('V15 are told one by one: loosened, linked, shared, no file', async () => {
    const home = await homeWith('vault.keyring.json', 'ledger.jsonl');
    await chmod(join(home, 'vault.keyring.json'), 0o640);
    await link(join(home, 'ledger.jsonl'), join(home, 'copy'));
    await symlink(join(home, 'copy'), join(home, 'curlrc'));
    await mkdir(join(home, 'tools.json'));
    const names = ['vault.keyring.json', 'ledger.jsonl', 'curlrc', 'tools.json'];
    expect(await lookAtFiles(home, names, me)).toEqual([
      { code: 'file_open', file: 'vault.keyring.json', mode: '0640' },
      { code: 'file_shared', file: 'ledger.jsonl', names: 2 },
      { code: 'file_not_regular', file: 'curlrc' },
      { code: 'file_not_regular', file: 'tools.json' },
    ]);
  });

  it('P08 belong to another user', async () => {
    const home = await homeWith('settings.json');
    expect(await lookAtFiles(home, ['settings.json'], Number(me) + 1)).toEqual([
      { code: 'file_foreign', file: 'settings.json', owner: me },
    ]);
  });
});

describe('the room on the disk', () => {
  const mebibyte = 1024 * 1024;

  it.each([
    ['much', 1024 * mebibyte, true, 'disk_good'],
    ['little', 2 * mebibyte, true, 'disk_low'],
    ['none', 4096, true, 'disk_full'],
    ['much, and no more files', 1024 * mebibyte, false, 'disk_full'],
  ])('%s', (_, freeBytes, roomForFiles, code) => {
    expect(judgeRoom({ freeBytes, roomForFiles })).toEqual([{ code, freeBytes }]);
  });

  it('is told by the system for a folder that is there, and by nobody for one that is not', async () => {
    const home = await temporaryHome();
    expect((await diskRoom(home))?.freeBytes).toBeGreaterThan(0);
    expect(await diskRoom(join(home, 'none'))).toBeNull();
    expect(judgeRoom(null)).toEqual([]);
  });
});

describe('what earlier programs left', () => {
  const aside = [
    'vault.keyring.json.corrupt-2026-11-23T120000.000Z',
    'tools.json.undecryptable-2026-11-23T120000.000Z-2',
  ];
  const names = ['curlrc', 'endpoint.json', 'ledger.jsonl', 'settings.json.tmp-0123456789abcdef', ...aside];

  it('P05 is told by kinds', () => {
    expect(leftovers(names, false)).toEqual([
      { code: 'stale_files', files: ['endpoint.json', 'curlrc'] },
      { code: 'temporary_files', files: ['settings.json.tmp-0123456789abcdef'] },
      { code: 'files_set_aside', files: aside },
    ]);
  });

  it('does not hold what a running owner uses', () => {
    expect(leftovers(names, true)).toEqual([{ code: 'files_set_aside', files: aside }]);
    expect(leftovers(['ledger.jsonl'], false)).toEqual([]);
  });
});
