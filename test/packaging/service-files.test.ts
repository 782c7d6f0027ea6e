import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

  it.runIf(hasSystemd)(`X5 takes the drop-ins of the page about services${hint}`, async () => {
    const page = readFileSync(join(packaging, '../docs/headless.md'), 'utf8');
    const dropIns = [...page.matchAll(/^```ini\n(.*?)^```/gms)].map(([, text = '']) => text);
    expect(dropIns).toHaveLength(2);
    const folder = await temporaryHome();
    writeFileSync(join(folder, 'token-tray.service'), read(unit));
    mkdirSync(join(folder, 'token-tray.service.d'));
    for (const [index, text] of dropIns.entries())
      writeFileSync(join(folder, `token-tray.service.d/${index}.conf`), text);
    const said = spawnSync('systemd-analyze', ['verify', '--user', join(folder, 'token-tray.service')], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', XDG_RUNTIME_DIR: folder },
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

  it('starts the command that the package brings, which gets the signals', () => {
    expect(last('ENTRYPOINT')).toBe('ENTRYPOINT ["token-tray"]');
    expect(last('CMD')).toBe('CMD ["agent"]');
  });

  it('X5 leaves the passphrase in its file: nothing puts it into the environment', () => {
    const compose = read('docker/compose.yaml');
    const [, file = 'none'] = /^ +TOKEN_TRAY_PASSPHRASE_FILE: \/run\/secrets\/(\S+)$/m.exec(compose) ?? [];
    expect(compose).toContain(`\n    secrets:\n      - ${file}\n`);
    const headless = readFileSync(join(packaging, '../docs/headless.md'), 'utf8');
    expect(headless).toContain(`--env TOKEN_TRAY_PASSPHRASE_FILE=/run/secrets/${file} `);
    for (const text of [compose, read('docker/Dockerfile'), read(unit), headless])
      expect(text).not.toMatch(/TOKEN_TRAY_PASSPHRASE=(?!"\$\()/);
  });
});
