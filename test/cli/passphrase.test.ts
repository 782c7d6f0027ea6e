import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isContainerSecret } from '../../electron/cli/file-exposure.ts';
import { findPassphrase } from '../../electron/cli/passphrase.ts';
import { exposedFile, othersReach } from '../support/exposed-file.ts';
import { temporaryHome } from '../support/temporary-home.ts';

afterEach(() => vi.unstubAllEnvs());

const onPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
const tmpfs = 0x01021994;
/** Where root can make a file in memory, as Kubernetes does. */
const shared = '/dev/shm';
const canMakeSecret = process.platform === 'linux' && isRoot && statfsSync(shared).type === tmpfs;

function found(passphrase: string, file: string) {
  vi.stubEnv('TOKEN_TRAY_PASSPHRASE', passphrase);
  vi.stubEnv('TOKEN_TRAY_PASSPHRASE_FILE', file);
  return findPassphrase();
}

describe('the passphrase', () => {
  it.each(['a b', 'a b\n', 'a b\r\n', '\ufeffa b\n\n'])(
    'X5 is read from a linked file: %j',
    async (content) => {
      const folder = await temporaryHome();
      writeFileSync(join(folder, 'data'), content, { mode: 0o644 });
      symlinkSync('data', join(folder, 'link'));
      expect(found('', join(folder, 'link'))).toEqual({ ok: true, passphrase: 'a b', warning: null });
    },
  );

  it('X5 is told in one sentence where it cannot be read', async () => {
    const folder = await temporaryHome();
    const put = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'folder'));
    for (const [file, words] of [
      [join(folder, 'missing'), 'does not exist'],
      [join(folder, 'folder'), 'is a folder'],
      [put('empty', '\n'), 'is empty'],
      [put('latin', Uint8Array.of(0xe9)), 'is not UTF-8'],
      [put('large', 'a'.repeat(70_000)), 'is larger'],
    ] as const) {
      expect(found('', file)).toEqual({ ok: false, wrong: expect.stringContaining(words) as string });
    }
    expect(found('one', 'two')).toMatchObject({ ok: false });
    expect(found('', '')).toEqual({ ok: true, passphrase: null, warning: null });
  });

  it.runIf(onPosix)('X5 is not read from a named pipe, which would block the start', async () => {
    const pipe = join(await temporaryHome(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    for (const file of [pipe, '/dev/null']) {
      expect(found('', file)).toEqual({
        ok: false,
        wrong: `The passphrase file ${file} is a pipe, a socket or a device. Name a regular file.`,
      });
    }
  });

  it.runIf(onPosix && !isRoot)('X5 is told in one sentence where this user may not read it', async () => {
    const file = join(await temporaryHome(), 'file');
    writeFileSync(file, 'a b', { mode: 0o000 });
    expect(found('', file)).toEqual({
      ok: false,
      wrong: `The passphrase file ${file} cannot be read by this user. Check its permissions.`,
    });
  });

  it.runIf(onPosix)('X5 is not read from a file that others can change', async () => {
    const file = join(await temporaryHome(), 'file');
    writeFileSync(file, 'a b');
    for (const mode of [0o620, 0o602, 0o666]) {
      chmodSync(file, mode);
      expect(found('', file)).toEqual({
        ok: false,
        wrong: `The passphrase file ${file} can be changed by other users. Remove this permission: chmod go-w ${file}`,
      });
    }
  });
});

describe('the warning that every user can read the passphrase file', () => {
  /** The warning for a file of this mode, in a folder of that one. */
  async function warningFor(fileMode: number, folderMode: number): Promise<string | null> {
    const file = await exposedFile('a b', fileMode, folderMode);
    const read = found('', file);
    return read.ok ? (read.warning?.replaceAll(file, 'FILE') ?? null) : read.wrong;
  }

  it.runIf(othersReach)('X5 comes where mode and folders let them', async () => {
    const warning =
      'The passphrase file FILE can be read by every user of this computer. Remove this permission: chmod o-r FILE';
    expect(await warningFor(0o644, 0o755)).toBe(warning);
    expect(await warningFor(0o444, 0o711)).toBe(warning);
  });

  it.runIf(onPosix)('X5 does not come for a file or folder that is closed to them', async () => {
    for (const [file, folder] of [
      [0o644, 0o700],
      [0o644, 0o750],
      [0o600, 0o755],
      // A credential of systemd: the group's rights are those of its access list.
      [0o440, 0o755],
    ] as const) {
      expect(await warningFor(file, folder)).toBeNull();
    }
  });

  it.runIf(canMakeSecret)('X5 does not come for a secret in memory, as Kubernetes makes it', () => {
    const folder = mkdtempSync(join(shared, 'token-tray-'));
    try {
      chmodSync(folder, 0o755);
      mkdirSync(join(folder, '..data'));
      writeFileSync(join(folder, '..data/passphrase'), 'a b', { mode: 0o644 });
      symlinkSync('..data/passphrase', join(folder, 'passphrase'));
      const read = found('', join(folder, 'passphrase'));
      expect(read).toEqual({ ok: true, passphrase: 'a b', warning: null });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('X5 does not come for a secret of Docker or Podman', () => {
    const disk = 0xef53;
    const passphrase = { path: '/run/secrets/passphrase', uid: 1000, mode: 0o777, fileSystem: disk };
    const roots = { path: '/srv/passphrase', uid: 0, mode: 0o644, fileSystem: tmpfs };
    expect(isContainerSecret(passphrase)).toBe(true);
    expect(isContainerSecret({ ...passphrase, path: '/srv/passphrase' })).toBe(false);
    expect(isContainerSecret(roots)).toBe(true);
    expect(isContainerSecret({ ...roots, fileSystem: disk })).toBe(false);
    expect(isContainerSecret({ ...roots, uid: 1000 })).toBe(false);
    expect(isContainerSecret({ ...roots, mode: 0o666 })).toBe(false);
  });
});
