import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryHome } from './temporary-home.ts';

/** Saves a third of each start of a program that is not built. */
const compileCache = join(import.meta.dirname, '../../out/compile-cache');

const programs = ['dbus-run-session', 'gnome-keyring-daemon'];

/** Why the real key store cannot be had here; null: it can. */
export const noSecretService =
  process.platform === 'linux'
    ? (programs.find((name) => spawnSync(name, ['--version']).error !== undefined) ?? null)
    : 'Linux';

/** How a person's key store may stand when the program starts. */
export type Daemon = 'unlocked' | 'locked' | 'absent' | 'without a bus' | 'never set up';

const start: Readonly<Record<Daemon, string>> = {
  unlocked:
    'printf "the login password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ',
  locked: 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; ',
  'never set up': 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; ',
  absent: '',
  'without a bus': '',
};

/** One line of a program that ran in a person's session. */
export interface SessionAnswer {
  readonly answer: string;
  readonly detail: string | null;
}

/** A person's login with GNOME's real key store in it: entries outlive each D-Bus session, as on a real desktop. */
export class PersonWithKeyring {
  readonly folder: string;
  readonly #busConfig: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#busConfig = join(folder, 'bus.conf');
  }

  /**
   * `promptHangs`: a window asks for the password, and nobody is there to type it; see `prompted`.
   * `shared`: what the login goes with, instead of the test.
   */
  static async make({
    promptHangs = false,
    shared,
  }: { promptHangs?: boolean; shared?: AsyncDisposableStack } = {}): Promise<PersonWithKeyring> {
    const person = new PersonWithKeyring(await temporaryHome(shared));
    const services = join(person.folder, 'services');
    for (const name of ['services', 'run', 'cache', 'data']) {
      await mkdir(join(person.folder, name), { mode: 0o700 });
    }
    if (promptHangs) {
      // It ends with the test's folder.
      const script = `echo prompt >> ${person.prompted}; while [ -d ${services} ]; do sleep 0.1; done`;
      const hanging = `/bin/sh -c "exec > /dev/null 2>&1; ${script}"`;
      const prompter = `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${hanging}\n`;
      await writeFile(join(services, 'prompter.service'), prompter);
    }
    // A bus that starts nothing by itself, so that the test alone says which key store there is.
    await writeFile(
      person.#busConfig,
      `<busconfig><type>session</type><listen>unix:tmpdir=${person.folder}</listen><auth>EXTERNAL</auth>
       <servicedir>${services}</servicedir><policy context="default"><allow send_destination="*" eavesdrop="true"/>
       <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    return person;
  }

  /** A file with one line for each prompt that came up. */
  get prompted(): string {
    return join(this.folder, 'prompted');
  }

  /** Gives another person's login the same entries, under the same password. */
  async copyKeyringTo(other: PersonWithKeyring): Promise<void> {
    await cp(join(this.folder, 'data'), join(other.folder, 'data'), { recursive: true });
  }

  /** What the person's programs are given; a session adds the address of its bus. */
  get env(): Readonly<Record<string, string | undefined>> {
    return {
      PATH: process.env['PATH'],
      HOME: this.folder,
      XDG_RUNTIME_DIR: join(this.folder, 'run'),
      XDG_CACHE_HOME: join(this.folder, 'cache'),
      XDG_DATA_HOME: join(this.folder, 'data'),
    };
  }

  /** The command that runs another one, given the whole of it, in a session of its own. */
  through(daemon: Daemon): readonly string[] {
    if (daemon === 'without a bus') return [];
    const inSession = ['dbus-run-session', `--config-file=${this.#busConfig}`, '--', 'sh', '-c'];
    return [...inSession, `${start[daemon]}exec "$@"`, 'sh'];
  }

  /** Runs a program (its path) in a session of its own, and answers its lines of JSON. */
  async run(daemon: Daemon, program: string, ...args: string[]): Promise<SessionAnswer[]> {
    const [file = '', ...rest] = [...this.through(daemon), process.execPath, program, ...args];
    const env = { ...this.env, NODE_COMPILE_CACHE: compileCache };
    const { stdout } = await promisify(execFile)(file, rest, { env });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SessionAnswer);
  }
}
