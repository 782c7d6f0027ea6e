import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configuration } from '../../packaging/configuration.ts';
import { linuxLauncher } from '../../packaging/linux-launcher.ts';
import { debianDepends } from '../../packaging/linux-libraries.ts';
import { packForTrial, type Trial } from '../../packaging/trial.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
const profileSource = join(import.meta.dirname, '../../packaging/linux/apparmor-profile');

let trial: Trial;
beforeAll(async () => {
  trial = await packForTrial('linux', { TOKEN_TRAY_UPDATE_URL: 'https://updates.example.com/token-tray' });
});
afterAll(() => trial[Symbol.asyncDispose]());

function run(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, said: (stdout + stderr).trim() };
}

function told(name: string): string {
  return trial.debArguments[trial.debArguments.indexOf(name) + 1] ?? '';
}

/** Which fpm is told after what the trial sees of it. */
const dependencies = () => configuration({}).deb?.depends;

/** A Debian package of what fpm would be told, by dpkg's own tool, which looks at the control data. */
async function debOf(): Promise<string> {
  const folder = join(await temporaryHome(), 'token-tray');
  for (const pair of trial.debArguments.filter((word) => word.includes('=/'))) {
    const [from, to] = pair.split('=') as [string, string];
    // The entry is a temporary file of the build.
    if (!existsSync(from)) continue;
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(from, join(folder, to), { recursive: true });
  }
  mkdirSync(join(folder, 'DEBIAN'), { mode: 0o755 });
  const control = {
    Package: told('--name'),
    Version: told('--version'),
    Architecture: told('--architecture'),
    Maintainer: told('--maintainer'),
    Section: told('--category'),
    Priority: told('--deb-priority'),
    Homepage: told('--url'),
    Description: told('--description'),
    Depends: debianDepends.join(', '),
  };
  const fields = Object.entries(control).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(folder, 'DEBIAN/control'), fields.join(''));
  for (const [name, script] of [
    ['postinst', trial.scripts.afterInstall],
    ['postrm', trial.scripts.afterRemove],
  ] as const) {
    writeFileSync(join(folder, 'DEBIAN', name), script);
    chmodSync(join(folder, 'DEBIAN', name), 0o755);
  }
  return folder;
}

describe('the entries for the desktop’s menu', () => {
  it.each(['deb', 'appImage'] as const)(
    '%s starts the launcher, belongs to the window, and leaves the sandbox alone',
    (form) => {
      const entry = trial.desktopEntries[form];
      expect(entry).toContain(
        form === 'deb' ? '\nExec="/opt/Token Tray/token-tray-app" %U\n' : '\nExec=AppRun %U\n',
      );
      expect(entry).toContain('\nStartupWMClass=token-tray\n');
      expect(entry).toContain('\nCategories=Utility;\n');
      expect(entry).not.toContain('sandbox');
      expect(trial.debArguments.join('\n')).toContain('=/usr/share/applications/token-tray.desktop');
    },
  );

  it.runIf(has('desktop-file-validate'))('are valid (apt-get install desktop-file-utils)', async () => {
    const folder = await temporaryHome();
    for (const [form, entry] of Object.entries(trial.desktopEntries)) {
      const file = join(folder, `${form}.desktop`);
      writeFileSync(file, entry);
      expect(run('desktop-file-validate', file)).toEqual({ status: 0, said: '' });
    }
  });
});

describe('what software centres show', () => {
  const path = join(import.meta.dirname, '../../packaging/linux/io.github.token_tray.metainfo.xml');

  it('S5 belongs to the entry of the desktop’s menu, and comes with the Debian package', () => {
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('<launchable type="desktop-id">token-tray.desktop</launchable>');
    expect(text).toContain(`<binary>${linuxLauncher}</binary>`);
    expect(trial.debArguments).toContain(`${path}=/usr/share/metainfo/io.github.token_tray.metainfo.xml`);
  });

  it.runIf(has('appstreamcli'))('S5 is valid AppStream (apt-get install appstream)', () => {
    const { status, said } = run('appstreamcli', 'validate', '--no-net', path);
    expect([status, said]).toEqual([0, expect.stringContaining('successful')]);
  });
});

describe('the Debian package', () => {
  it.runIf(has('dpkg-deb'))(
    'has control data and scripts that dpkg takes (apt-get install dpkg)',
    async () => {
      const folder = await debOf();
      const deb = `${folder}.deb`;
      expect(run('dpkg-deb', '--root-owner-group', '-Znone', '--build', folder, deb).status).toBe(0);
      const { said } = run('dpkg-deb', '--field', deb);
      expect(said).toMatch(/^Package: token-tray$/m);
      expect(said).toMatch(/^Description: lends one signed-in API session to local tools\n Keeps you /m);
      expect(run('dpkg-deb', '--contents', deb).said).toMatch(
        /-rwxr-xr-x .* \.\/opt\/Token Tray\/token-tray-app$/m,
      );
      for (const file of ['doc/token-tray/copyright', 'metainfo/io.github.token_tray.metainfo.xml'])
        expect(run('dpkg-deb', '--contents', deb).said).toContain(`./usr/share/${file}`);
      for (const script of ['postinst', 'postrm']) {
        expect(run('bash', '-n', join(folder, 'DEBIAN', script))).toEqual({ status: 0, said: '' });
      }
    },
  );

  it('S4 asks for the libraries that Electron links, by their names before and after the 64-bit time_t', () => {
    const asked = dependencies();
    expect(asked).toEqual(debianDepends);
    for (const name of ['libasound2', 'libgtk-3-0', 'libcups2', 'libglib2.0-0'])
      expect(asked).toContain(`${name}t64 | ${name}`);
    for (const name of ['libgbm1', 'libnss3', 'libxkbcommon0', 'xdg-utils']) expect(asked).toContain(name);
  });

  it.runIf(has('apt-cache') && has('dpkg'))(
    'S4 asks for packages that this Debian has',
    { timeout: 30_000 },
    () => {
      const { stdout } = spawnSync('apt-cache', ['pkgnames'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
      const there = new Set(stdout.split('\n'));
      const choices = debianDepends.filter((one) => !one.split(' | ').some((name) => there.has(name)));
      expect(choices).toEqual([]);
    },
  );

  it('puts a profile in its place and takes it away again', () => {
    const { afterInstall, afterRemove } = trial.scripts;
    expect(afterInstall).toContain("APPARMOR_PROFILE_TARGET='/etc/apparmor.d/token-tray-app'");
    expect(afterInstall).toContain("APPARMOR_PROFILE_SOURCE='/opt/Token Tray/resources/apparmor-profile'");
    expect(afterRemove).toContain('apparmor_parser --remove');
    const profile = readFileSync(join(trial.folder, 'resources/apparmor-profile'), 'utf8');
    expect(profile).toContain(
      'profile "token-tray-app" "/opt/Token Tray/token-tray-{app,electron}" flags=(unconfined) {',
    );
    expect(profile).toContain('\n  userns,\n');
  });

  it.runIf(has('apparmor_parser'))(
    'has a profile that AppArmor reads (apt-get install apparmor)',
    async () => {
      const packed = readFileSync(join(trial.folder, 'resources/apparmor-profile'), 'utf8');
      // An AppArmor before 4.0 knows neither; there the package is installed without the profile, and needs none.
      const readable = existsSync('/etc/apparmor.d/abi/4.0')
        ? packed
        : packed.replace(/^(abi .*|\s*userns),$/gm, '');
      const file = join(await temporaryHome(), 'profile');
      writeFileSync(file, readable);
      expect(run('apparmor_parser', '--skip-kernel-load', '--skip-cache', file).status).toBe(0);
      writeFileSync(file, readable.replace('flags=(unconfined) {', 'flags=(unconfined) {{'));
      expect(run('apparmor_parser', '--skip-kernel-load', '--skip-cache', file).status).not.toBe(0);
      expect(readFileSync(profileSource, 'utf8')).toContain('${sanitizedProductName}');
    },
  );

  it('knows where new versions are looked for, where the release said so', () => {
    expect(readFileSync(join(trial.folder, 'resources/app-update.yml'), 'utf8')).toContain(
      'url: https://updates.example.com/token-tray',
    );
  });
});
