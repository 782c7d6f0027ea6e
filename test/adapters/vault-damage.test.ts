import { chmod, link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostFileBytes } from '../../electron/adapters/private-file.ts';
import { parseVault } from '../../electron/adapters/vault-format.ts';
import { session } from '../support/session-records.ts';
import { outcome, StoredVault, wordsOf } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';
const aside = 'corrupt-2026-11-23T120000.000Z';

/** A vault that was written twice: `access-2` in the file, `access-1` in the previous one. */
async function writtenTwice(): Promise<StoredVault> {
  const vault = new StoredVault(await temporaryHome());
  await vault.write(session(1), 0);
  await vault.write(session(2), 1);
  return vault;
}

async function text(vault: StoredVault): Promise<string> {
  return (await vault.bytes()).toString();
}

describe('a vault file that is no vault', { timeout: 60_000 }, () => {
  const megabyte = 1024 * 1024;

  it.each<[name: string, damaged: (whole: string) => string | Buffer]>([
    ['empty', () => ''],
    ['truncated', (whole) => whole.slice(0, -20)],
    ['full of NULs', (whole) => Buffer.alloc(whole.length)],
    ['null', () => 'null'],
    ['an empty list', () => '[]'],
    ['an empty object', () => '{}'],
    ['of the wrong type', (whole) => whole.replace('"generation": 2', '"generation": "2"')],
    ['one that begins with a byte order mark', (whole) => `\uFEFF${whole}`],
    ['longer than 16 MB', (whole) => Buffer.concat([Buffer.from(whole), Buffer.alloc(mostFileBytes, ' ')])],
    ['deeply nested', () => '['.repeat(megabyte)],
    ['deeply nested inside', (whole) => whole.replace('"key": ', `"key": ${'['.repeat(megabyte)}, "x": `)],
    ['one with a key twice', (whole) => whole.replace('"floor"', '"floor": 3, "floor"')],
    ['one with a key twice in a record', (whole) => whole.replace('"form"', '"form": "json", "form"')],
    ['one with an account twice', (whole) => whole.replace(/(\{\s+"account".*?\})/s, '$1, $1')],
    ['one with __proto__', (whole) => whole.replace('"floor"', '"__proto__": {"version": 1}, "floor"')],
    ['one with __proto__ in a record', (whole) => whole.replace('"form"', '"__proto__": {}, "form"')],
    ['one with an unknown key', (whole) => whole.replace('"floor"', '"extra": true, "floor"')],
    ['of version 0', (whole) => whole.replace('"version": 1', '"version": 0')],
    [
      'one with a million accounts',
      (whole) => whole.replace('"accounts": [', `"accounts": [${'1,'.repeat(1e6)}`),
    ],
    ['not UTF-8', (whole) => Buffer.concat([Buffer.from(whole), Buffer.from([0xff])])],
  ])(
    'V05 that is %s is moved aside, byte-identical, and the previous generation counts',
    async (_name, damaged) => {
      const vault = await writtenTwice();
      const damage = Buffer.from(damaged(await text(vault)));
      await writeFile(vault.file, damage);
      const restarted = new StoredVault(vault.home);
      expect(await restarted.contents()).toEqual(['access-1 (1)']);
      expect((await readFile(`${vault.file}.${aside}`)).equals(damage)).toBe(true);
      const keptAs = `vault.keyring.json.${aside}`;
      expect(restarted.notices).toEqual([{ kind: 'corrupt', file: 'vault.keyring.json', keptAs }]);
      expect(restarted.log.names).toEqual(['vault_set_aside']);
    },
  );

  it('V05 stays aside after the next write, and the previous generation is kept', async () => {
    const vault = await writtenTwice();
    await writeFile(vault.file, 'null');
    const restarted = new StoredVault(vault.home);
    const previous = await readFile(vault.previousFile);
    expect(outcome(await restarted.write(session(3), 1))).toBe('ok 2');
    expect(await restarted.contents()).toEqual(['access-3 (2)']);
    expect(await readFile(vault.previousFile)).toEqual(previous);
    expect(await readFile(`${vault.file}.${aside}`, 'utf8')).toBe('null');
  });

  it('V05 is moved aside each under a name of its own, where both are damaged twice', async () => {
    const vault = await writtenTwice();
    for (const damage of ['first', 'second']) {
      await writeFile(vault.file, damage);
      await writeFile(vault.previousFile, damage);
      expect(await new StoredVault(vault.home).contents()).toEqual([]);
    }
    const previousAside = `vault.keyring.previous.json.${aside}`;
    const keptAside = `vault.keyring.json.${aside}`;
    const all = [keptAside, `${keptAside}-2`, previousAside, `${previousAside}-2`];
    expect((await readdir(vault.home)).sort()).toEqual(all.sort());
    expect(await readFile(join(vault.home, `${keptAside}-2`), 'utf8')).toBe('second');
  });

  it('V05 is replaced by the previous generation where it has gone', async () => {
    const vault = await writtenTwice();
    await rm(vault.file);
    expect(await new StoredVault(vault.home).contents()).toEqual(['access-1 (1)']);
  });

  it('V05 whatever its bytes are, is kept byte-identical and never makes a call throw', async () => {
    const home = await temporaryHome();
    const vault = new StoredVault(home);
    await vault.write(session(1), 0);
    const whole = await vault.bytes();
    const spliced = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length), fc.uint8Array({ maxLength: 40 }))
      .map(([from, length, put]) =>
        Buffer.concat([whole.subarray(0, from), put, whole.subarray(from + length)]),
      );
    const json = fc.json().map((one) => Buffer.from(one));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), json, spliced);
    await fc.assert(
      fc.asyncProperty(bytes, async (damage) => {
        await writeFile(vault.file, damage);
        await rm(vault.previousFile, { force: true });
        const restarted = new StoredVault(home);
        const read = await restarted.read();
        expect(read.ok).toBe(true);
        const { kind } = parseVault(damage);
        const kept = kind === 'garbage' ? join(home, restarted.notices[0]?.keptAs ?? 'none') : vault.file;
        expect(Buffer.from(damage).equals(await readFile(kept))).toBe(true);
        if (kind === 'garbage') await rm(kept);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a vault file of a newer version', () => {
  it.each(['the file', 'the previous file'])(
    'V06 as %s is left byte-identical, and every write says why',
    async (which) => {
      const vault = await writtenTwice();
      const file = which === 'the file' ? vault.file : vault.previousFile;
      await writeFile(file, '{ "version": 2, "accounts": {"new": "shape"} }');
      const before = [await vault.bytes(), await readFile(vault.previousFile)];
      const restarted = new StoredVault(vault.home);
      expect(await restarted.contents()).toEqual([]);
      expect(await restarted.stored()).toEqual([]);
      const refused = await restarted.write(session(3), 0);
      expect(outcome(refused)).toBe('vault_unwritable newer_version');
      expect(wordsOf(refused)).toContain('newer Token Tray');
      expect(outcome(await restarted.check())).toBe('vault_unwritable newer_version');
      expect(outcome(await restarted.remove(session(1).account))).toBe('vault_unwritable newer_version');
      expect(before[which === 'the file' ? 0 : 1]).toEqual(await readFile(file));
      expect(restarted.notices).toEqual([]);
    },
  );
});

describe('a vault file with loosened protection', () => {
  it.runIf(onPosix)('V15 is given 0600 again', async () => {
    const vault = await writtenTwice();
    await chmod(vault.file, 0o644);
    await chmod(vault.previousFile, 0o666);
    await new StoredVault(vault.home).read();
    for (const file of [vault.file, vault.previousFile]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('V15 as a hard link is read, and the next write leaves the other name behind', async () => {
    const vault = await writtenTwice();
    const other = join(vault.home, 'other name');
    await link(vault.file, other);
    const before = await readFile(other);
    expect(outcome(await vault.write(session(3), 2))).toBe('ok 3');
    expect(await readFile(other)).toEqual(before);
    expect((await stat(vault.file)).nlink).toBe(1);
  });

  it.runIf(onPosix)('V15 as a link to elsewhere is not followed and not replaced', async () => {
    const vault = await writtenTwice();
    const elsewhere = join(await temporaryHome(), 'elsewhere.json');
    await writeFile(elsewhere, await vault.bytes());
    await rm(vault.file);
    await symlink(elsewhere, vault.file);
    const restarted = new StoredVault(vault.home);
    expect(await restarted.contents()).toEqual(['vault_unwritable not_a_file']);
    const refused = await restarted.write(session(3), 2);
    expect(outcome(refused)).toBe('vault_unwritable not_a_file');
    expect(wordsOf(refused)).toContain('follows no links');
    expect(outcome(await restarted.check())).toBe('vault_unwritable not_a_file');
    expect(await readFile(elsewhere)).toEqual(await readFile(vault.file));
  });

  it('V15 as a folder is refused', async () => {
    const vault = await writtenTwice();
    await rm(vault.file);
    await mkdir(vault.file);
    expect(outcome(await vault.check())).toBe('vault_unwritable not_a_file');
  });
});
