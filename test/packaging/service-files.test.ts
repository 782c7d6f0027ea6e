import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/temporary-home.ts';

const packaging = join(import.meta.dirname, '../../packaging');
const read = (file: string) => readFileSync(join(packaging, file), 'utf8');

const unit = 'systemd/token-tray.service';
const hasSystemd = spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).status === 0;
const hint = hasSystemd ? '' : ' (sudo apt-get install systemd would bring systemd-analyze)';

describe('the unit for systemd', () => {
  it.runIf(hasSystemd)(`is understood by systemd, whole${hint}`, async () => {
    // What systemd-analyze does not know it names, and calls the unit good all the same.
    const said = spawnSync('systemd-analyze', ['verify', '--user', join(packaging, unit)], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', XDG_RUNTIME_DIR: await temporaryHome() },
    });
    expect(said).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('does not start the agent again where that would send a refused password again', () => {
    expect(read(unit)).toMatch(/^RestartPreventExitStatus=2 3 5 /m);
  });
});

describe('the Dockerfile', () => {
  const instructions = read('docker/Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n');
  const last = (name: string) => instructions.findLast((line) => line.startsWith(`${name} `));

  it('runs as a user who is not root, with a health check, and the home in a volume', () => {
    expect(last('USER')).toBe('USER node');
    expect(last('HEALTHCHECK')).toContain('CMD token-tray status ');
    const [, home = 'none'] = /TOKEN_TRAY_HOME=(\S+)/.exec(last('ENV') ?? '') ?? [];
    expect(last('VOLUME')).toBe(`VOLUME ${home}`);
    expect(last('RUN')).toContain(`install -d -o node -g node -m 0700 ${home}`);
    expect(read('docker/compose.yaml')).toContain(`:${home}\n`);
  });

  it('starts what the package brings', () => {
    const [, file = 'none'] = /node_modules\/token-tray\/([^"]+)"/.exec(last('ENTRYPOINT') ?? '') ?? [];
    expect(read(file)).toContain('exec token-tray "$@"');
  });
});

describe.skipIf(process.platform === 'win32')('what the container starts', () => {
  /** Runs it with a stand-in for the command, which prints what it was given. */
  async function start(secret: string | null) {
    const folder = await temporaryHome();
    mkdirSync(join(folder, 'bin'));
    const standIn = join(folder, 'bin/token-tray');
    writeFileSync(standIn, '#!/bin/sh\nprintf "%s|" "$$" "${TOKEN_TRAY_PASSPHRASE-unset}" "$@"\n');
    chmodSync(standIn, 0o755);
    if (secret !== null) writeFileSync(join(folder, 'secret'), secret);
    const args = [join(packaging, 'docker/entrypoint.sh'), 'agent', '--username', 'a b'];
    const env = {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      TOKEN_TRAY_PASSPHRASE_FILE: join(folder, 'secret'),
    };
    const { pid, stdout } = spawnSync('sh', args, { encoding: 'utf8', env });
    const [own, ...given] = stdout.split('|').slice(0, -1);
    return { inPlace: own === String(pid), given };
  }

  it('hands the secret over in the environment, and takes the shell’s place', async () => {
    expect(await start('a long passphrase: $HOME "quoted"\n')).toEqual({
      inPlace: true,
      given: ['a long passphrase: $HOME "quoted"', 'agent', '--username', 'a b'],
    });
  });

  it('leaves the environment as it is where there is no secret', async () => {
    expect(await start(null)).toEqual({ inPlace: true, given: ['unset', 'agent', '--username', 'a b'] });
  });
});
