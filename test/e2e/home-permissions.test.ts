import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { prepareAppFolders } from '../../electron/app-folders.ts';
import { doctorOn } from '../support/doctor-call.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const hasBindfs = spawnSync('bindfs', ['--version']).status === 0 && existsSync('/dev/fuse');

/** A folder on a file system of its own on which chmod does nothing, as on SMB or WSL’s /mnt/c. `perms`: as bindfs reads them. */
async function folderWithFixedModes(perms: string): Promise<string> {
  const [disk, place] = [await temporaryHome(), await temporaryHome()];
  const mounted = spawnSync('bindfs', [
    '--no-allow-other',
    `--perms=${perms}`,
    '--chmod-ignore',
    disk,
    place,
  ]);
  if (mounted.status !== 0) throw new Error(mounted.stderr.toString());
  onTestFinished(() => void spawnSync('fusermount', ['-uz', place]));
  return place;
}

describe.skipIf(!hasBindfs)(`a disk that keeps no permissions${hasBindfs ? '' : ' (needs bindfs)'}`, () => {
  it('A5 agent, tray app and doctor refuse a home that others may read, and say why', async () => {
    const home = join(await folderWithFixedModes('0755'), 'home');
    const { exitCode, stdout, stderr } = await call(['agent', '--home', home, '--port', '0'], '', {
      TOKEN_TRAY_KEY_STORE: 'memory',
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('chmod has no effect');
    expect(stderr).toContain('Choose a folder on another disk with --home');
    expect(readdirSync(home)).toEqual([]);

    const folders = await prepareAppFolders(home);
    await folders.remove();
    expect(folders.home).toMatchObject({ ok: false, failure: { reason: 'open_to_others' } });

    const report = await doctorOn(home);
    expect(report.of('home_open')).toMatchObject({ mode: '0755', level: 'wrong' });
    expect(report.of('home_open').remedy).toContain('keeps no permissions');
  });

  it('A5 nor one whose folder is private and whose files are not', async () => {
    const home = join(await folderWithFixedModes('0700:fgo+r'), 'home');
    mkdirSync(home);
    await expect(AgentProcess.start({ home })).rejects.toThrow('chmod has no effect');
    expect(readdirSync(home).filter((name) => name !== 'logs')).toEqual([]);
  });
});
