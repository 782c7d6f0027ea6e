import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linuxLauncher, linuxProgram } from '../../packaging/linux-launcher.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const sources = join(import.meta.dirname, '../../packaging/linux');
const files = {
  restricted: 'proc/sys/kernel/apparmor_restrict_unprivileged_userns',
  label: 'proc/self/attr/current',
};

/** A computer as the launcher sees it: its own files, and the programs that it asks. */
interface Computer {
  readonly user?: number;
  /** Whether `unshare` may make a user namespace; null: there is no such program. */
  readonly namespaces?: boolean | null;
  /** `kernel.apparmor_restrict_unprivileged_userns`. */
  readonly restricted?: boolean;
  readonly label?: string;
  /** A profile in /etc/apparmor.d, for the app's folder. */
  readonly profile?: (app: string) => string;
  readonly sandboxMode?: number;
  /** `APPDIR` is the app's folder where it is `app`. */
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** Programs that show a message. */
  readonly dialogs?: readonly string[];
}

let found: readonly string[] | null = null;

/** Where the programs of the system are that the launcher asks. */
function systemPrograms(): readonly string[] {
  const names = ['sh', 'cat', 'tr', 'find', 'grep', 'sed', 'dirname', 'readlink'];
  found ??= spawnSync('which', names, { encoding: 'utf8' }).stdout.trim().split('\n');
  return found;
}

async function launched(computer: Computer) {
  const home = await temporaryHome();
  const [root, app, bin] = ['root', 'opt/Token Tray', 'bin'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [
    join(root, 'proc/sys/kernel'),
    join(root, 'proc/self/attr'),
    join(root, 'etc/apparmor.d'),
    app,
    bin,
  ]) {
    mkdirSync(folder, { recursive: true });
  }
  const program = (path: string, text: string) =>
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  if (computer.restricted !== undefined)
    writeFileSync(join(root, files.restricted), computer.restricted ? '1\n' : '0\n');
  if (computer.label !== undefined) writeFileSync(join(root, files.label), `${computer.label}\n\0`);
  if (computer.profile !== undefined) {
    writeFileSync(join(root, 'etc/apparmor.d/own'), computer.profile(app));
  }
  program(join(bin, 'id'), `echo ${computer.user ?? 1000}`);
  const { namespaces = true, dialogs = [] } = computer;
  if (namespaces !== null) program(join(bin, 'unshare'), `exit ${namespaces ? 0 : 1}`);
  for (const dialog of dialogs) program(join(bin, dialog), `for word; do echo "${dialog}: $word"; done`);
  for (const path of systemPrograms()) symlinkSync(path, join(bin, basename(path)));
  const check = readFileSync(join(sources, 'sandbox-check.sh'), 'utf8').replace(
    '\nroot=\n',
    `\nroot='${root}'\n`,
  );
  writeFileSync(join(app, 'sandbox-check.sh'), check);
  cpSync(join(sources, linuxLauncher), join(app, linuxLauncher));
  program(join(app, linuxProgram), 'echo started; for word; do echo "<$word>"; done');
  writeFileSync(join(app, 'chrome-sandbox'), '');
  chmodSync(join(app, 'chrome-sandbox'), computer.sandboxMode ?? 0o755);
  const link = join(bin, linuxLauncher);
  symlinkSync(join(app, linuxLauncher), link);
  const ended = spawnSync(link, [...(computer.args ?? [])], {
    env: { PATH: bin, ...computer.env, ...(computer.env?.['APPDIR'] === 'app' && { APPDIR: app }) },
    encoding: 'utf8',
  });
  return { code: ended.status, said: ended.stderr, out: ended.stdout.trim().split('\n'), app };
}

const cannot = /^Token Tray cannot start, because .+\.\n.+\n$/;

describe.runIf(process.platform === 'linux')('the launcher of the Linux packages', () => {
  it('starts the program in its own place, with its arguments as they are', async () => {
    const { code, said, out } = await launched({ args: ['--hidden', 'two words', '$HOME'] });
    expect({ code, said, out }).toEqual({
      code: 0,
      said: '',
      out: ['started', '<--hidden>', '<two words>', '<$HOME>'],
    });
  });

  it('says where no user namespace can be made, and how to give the sandbox’s helper its power', async () => {
    const { code, said, out, app } = await launched({ namespaces: false });
    expect(code).toBe(1);
    expect(out).toEqual(['']);
    expect(said).toMatch(cannot);
    expect(said).toContain(`sudo chmod 4755 '${app}/chrome-sandbox'`);
  });

  it.runIf(process.getuid?.() === 0)(
    'starts with the helper in its power, whatever namespaces are',
    async () => {
      expect((await launched({ namespaces: false, sandboxMode: 0o4755 })).code).toBe(0);
    },
  );

  it('says in an AppImage, where the helper never has power, to take the other package', async () => {
    const { code, said } = await launched({
      namespaces: false,
      sandboxMode: 0o4755,
      env: { APPIMAGE: '/a.AppImage', APPDIR: 'app' },
    });
    expect(code).toBe(1);
    expect(said).toMatch(cannot);
    expect(said).toContain('Install the .deb package instead');
  });

  it('starts where nothing is known against it', async () => {
    expect((await launched({ namespaces: null })).code).toBe(0);
    expect((await launched({ restricted: false, label: 'unconfined' })).code).toBe(0);
  });

  it('says where AppArmor keeps namespaces from what has no profile, though unshare has one', async () => {
    expect((await launched({ restricted: true, label: 'unconfined', namespaces: true })).said).toMatch(
      cannot,
    );
  });

  it('starts under its profile, whatever unshare may', async () => {
    const label = 'token-tray-app (unconfined)';
    expect((await launched({ restricted: true, label, namespaces: false })).code).toBe(0);
  });

  const attached: readonly (readonly [string, boolean, (app: string) => string])[] = [
    ['by its path', true, (app) => `profile mine "${app}/token-tray-{app,electron}" flags=(unconfined) {`],
    ['by its path in the old form', true, (app) => `"${app}/${linuxProgram}" {`],
    ['by a pattern', true, (app) => `profile mine "${dirname(app)}/*/token-tray-?lectron" {`],
    ['by a pattern across folders', true, () => `profile mine /**/${linuxProgram} {`],
    ['by a variable', true, () => `profile mine "@{HOME}/**/${linuxProgram}" {`],
    [
      'of the same name elsewhere',
      false,
      () => `profile mine /usr/lib/other/${linuxProgram} flags=(unconfined) {`,
    ],
    ['whose pattern ends before it', false, (app) => `profile mine "${dirname(app)}/*" {`],
    [
      'that names it in a rule',
      false,
      (app) => `profile mine /usr/bin/mine {\n  "${app}/${linuxProgram}" px,\n}`,
    ],
    ['that is a comment', false, (app) => `# profile mine "${app}/${linuxProgram}" {`],
  ];
  it.each(attached)('T22 heeds a profile for exactly this program: %s', async (_what, starts, profile) => {
    const { code } = await launched({ restricted: true, label: 'unconfined', profile, namespaces: false });
    expect(code).toBe(starts ? 0 : 1);
  });

  it('T22 takes no AppImage of an editor, in whose terminal it is started, for its own', async () => {
    const env = { APPIMAGE: '/editor.AppImage', APPDIR: '/tmp/.mount_editor' };
    const { said, app } = await launched({ namespaces: false, env });
    expect(said).toContain(`sudo chmod 4755 '${app}/chrome-sandbox'`);
  });

  it('says that root is not whom it runs as', async () => {
    const { code, said } = await launched({ user: 0 });
    expect(code).toBe(1);
    expect(said).toMatch(/does not run as root, because .+\.\nStart it as the user who signs in\.\n$/);
  });

  it('never passes on the switch that an AppImage’s own start script adds, and leaves a person’s to the program', async () => {
    const env = { APPDIR: '/tmp/.mount_x' };
    expect((await launched({ env, args: ['--no-sandbox', '--hidden'] })).out).toEqual([
      'started',
      '<--hidden>',
    ]);
    expect((await launched({ args: ['--no-sandbox'] })).out).toEqual(['started', '<--no-sandbox>']);
    for (const file of [linuxLauncher, 'sandbox-check.sh']) {
      const commands = readFileSync(join(sources, file), 'utf8').replace(/^\s*#.*$/gm, '');
      expect(commands.match(/no-sandbox/g) ?? []).toHaveLength(file === linuxLauncher ? 1 : 0);
    }
  });

  it.each(['zenity', 'kdialog', 'notify-send'])(
    'shows its sentence by %s where there is a desktop and no terminal',
    async (dialog) => {
      const { out, said } = await launched({ namespaces: false, dialogs: [dialog], env: { DISPLAY: ':0' } });
      expect(out.join('\n')).toContain(said.trim());
      expect(out[0]).toMatch(`${dialog}: --`);
      expect((await launched({ namespaces: false, dialogs: [dialog] })).out).toEqual(['']);
    },
  );
});
