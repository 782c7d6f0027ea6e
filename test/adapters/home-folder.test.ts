import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareHome } from '../../electron/adapters/home-folder.ts';
import { failureText } from '../../electron/contract/failure-words.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';

describe('the home', () => {
  it('is made, with the folders above it, for this user alone', async () => {
    const home = join(await temporaryHome(), 'config', 'token-tray');
    expect(await prepareHome(home)).toEqual({ ok: true, value: home });
    if (onPosix) expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it.runIf(onPosix)('V15 is given 0700 again where it was loosened to 0777', async () => {
    const home = await temporaryHome();
    await chmod(home, 0o777);
    expect((await prepareHome(home)).ok).toBe(true);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it.runIf(onPosix)('V15 is not a link', async () => {
    const elsewhere = await temporaryHome();
    const home = join(await temporaryHome(), 'token-tray');
    await symlink(elsewhere, home);
    const failure = { code: 'home_unusable', home, reason: 'not_a_folder' } as const;
    expect(await prepareHome(home)).toEqual({ ok: false, failure });
    expect((await prepareHome(`${home}/`)).ok).toBe(false);
    expect(failureText(failure)).toContain('choose another');
  });

  it('W8 is made private on Windows where it lies outside the profile, or refused', async () => {
    const home = await temporaryHome();
    const asked: string[] = [];
    const prepared = (folder: string, profile: string, isPrivate: boolean) => {
      const makePrivate = async (path: string) => {
        asked.push(path);
        return isPrivate;
      };
      return prepareHome(folder, new FaultyFiles(), 'win32', { profile, makePrivate });
    };
    expect((await prepared(home, dirname(home), false)).ok).toBe(true);
    expect(asked).toEqual([]);
    expect((await prepared(home, `${home}-2`, true)).ok).toBe(true);
    expect(await prepared(home, join(home, 'anna'), false)).toEqual({
      ok: false,
      failure: { code: 'home_unusable', home, reason: 'open_to_others' },
    });
    expect(asked).toEqual([home, home]);
  });

  it('V15 is not a file', async () => {
    const home = join(await temporaryHome(), 'token-tray');
    await writeFile(home, '');
    expect(await prepareHome(home)).toEqual({
      ok: false,
      failure: { code: 'home_unusable', home, reason: 'not_a_folder' },
    });
  });

  it.runIf(onPosix)('P08 is refused where another user made it', async () => {
    const home = await temporaryHome();
    const files = new FaultyFiles();
    files.owner = 4711;
    expect(await prepareHome(home, files)).toEqual({
      ok: false,
      failure: { code: 'home_unusable', home, reason: 'no_permission' },
    });
  });

  it.runIf(onPosix)('A5 is refused where chmod changes nothing, as on SMB or WSL’s /mnt/c', async () => {
    const home = await temporaryHome();
    const files = new FaultyFiles();
    files.fixedMode = 0o755;
    const failure = { code: 'home_unusable', home, reason: 'open_to_others' } as const;
    expect(await prepareHome(home, files)).toEqual({ ok: false, failure });
    expect(failureText(failure)).toContain('--home');
  });

  it.runIf(onPosix)('A5 is refused where chmod is refused and others keep rights', async () => {
    const home = await temporaryHome();
    await chmod(home, 0o750);
    const files = new FaultyFiles().failAt('chmod', 'EPERM');
    expect(await prepareHome(home, files)).toMatchObject({ failure: { reason: 'open_to_others' } });
    const readOnly = new FaultyFiles().failAt('chmod', 'EROFS');
    expect(await prepareHome(home, readOnly)).toMatchObject({ failure: { reason: 'read_only' } });
  });

  it('A5 is taken where the disk says that it is private, whatever chmod does', async () => {
    const files = new FaultyFiles();
    files.fixedMode = 0o700;
    expect((await prepareHome(await temporaryHome(), files)).ok).toBe(true);
  });

  it('V03 that cannot be made says why', async () => {
    const home = join(await temporaryHome(), 'token-tray');
    await mkdir(home);
    const files = new FaultyFiles().failAt('mkdir', 'EROFS');
    const prepared = await prepareHome(home, files);
    expect(prepared).toEqual({ ok: false, failure: { code: 'home_unusable', home, reason: 'read_only' } });
  });

  it('W7 below a file is refused', async () => {
    const file = join(await temporaryHome(), 'file');
    await writeFile(file, '');
    const home = join(file, 'token-tray');
    expect(await prepareHome(home)).toEqual({
      ok: false,
      failure: { code: 'home_unusable', home, reason: 'not_a_folder' },
    });
  });

  it.each(['ENOENT', 'EINVAL'])(
    'W7 on a drive that is not there, or with a bad name, says so (%s)',
    async (code) => {
      const home = join(await temporaryHome(), 'token-tray');
      const files = new FaultyFiles().failAt('mkdir', code);
      const failure = { code: 'home_unusable', home, reason: 'bad_path' } as const;
      expect(await prepareHome(home, files, 'win32')).toEqual({ ok: false, failure });
      expect(failureText(failure)).toContain('its drive does not exist, or a name in it is not valid');
    },
  );

  // There Node's own recursive mkdir would try for ever.
  it.runIf(process.platform === 'linux')('in a folder that takes none is refused', async () => {
    const home = '/proc/token-tray/home';
    const failure = { code: 'home_unusable', home, reason: 'input_output' } as const;
    expect(await prepareHome(home)).toEqual({ ok: false, failure });
  });

  it.runIf(onPosix)('is no folder that all users share', async () => {
    const home = await temporaryHome();
    await chmod(home, 0o1777);
    const failure = { code: 'home_unusable', home, reason: 'shared_folder' } as const;
    expect(await prepareHome(home)).toEqual({ ok: false, failure });
    expect((await stat(home)).mode & 0o7777).toBe(0o1777);
    expect(await prepareHome('/')).toMatchObject({ failure: { reason: 'shared_folder' } });
  });
});
