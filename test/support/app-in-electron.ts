import { once } from 'node:events';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { CallAnswer, CallArgs, CallName } from '../electron-host/control/calls.ts';
import { electronCalls } from './electron-calls.ts';
import type { Launch, LaunchedApp } from './launched-app.ts';

/** Starts the built app by real Electron. */
export async function launchInElectron(
  launch: Launch,
  executablePath: string,
  root: string,
): Promise<LaunchedApp> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [root, ...asRoot, ...launch.args],
    env: { ...desktop(), ...launch.env },
    cwd: root,
    // The system's choice, as a person has it.
    colorScheme: null,
  });
  await app.evaluate(({ app }) => app.whenReady());
  return new ElectronApp(app, launch);
}

/** What a program needs to be told of the desktop it is on. */
function desktop(): Record<string, string> {
  const names = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'XAUTHORITY'];
  const windows = ['SYSTEMROOT', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'USERPROFILE'];
  return Object.fromEntries(
    [...names, ...windows].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

class ElectronApp implements LaunchedApp {
  readonly host = 'electron';
  readonly folders: Launch['folders'];
  readonly #app: ElectronApplication;
  readonly #cleanUp: () => Promise<void>;
  readonly #ended: Promise<number | null>;
  #output = '';

  constructor(app: ElectronApplication, launch: Launch) {
    this.#app = app;
    this.folders = launch.folders;
    this.#cleanUp = launch.cleanUp;
    const child = app.process();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.#ended = once(child, 'close').then(() => child.exitCode);
  }

  get pid(): number {
    return this.#app.process().pid ?? 0;
  }
  get output(): string {
    return this.#output;
  }

  can(name: CallName): boolean {
    return Object.hasOwn(electronCalls, name);
  }

  async control<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    const call = electronCalls[name];
    if (call === undefined) throw new Error(`Real Electron cannot be told ${name} from outside.`);
    return (await call(this.#app, ...args)) as CallAnswer<Name>;
  }

  async window(): Promise<Page> {
    const page = this.#app.windows().at(-1) ?? (await this.#app.firstWindow());
    await page.waitForLoadState();
    return page;
  }

  ended(): Promise<number | null> {
    return this.#ended;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#app.process().kill(signal);
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    await this.#cleanUp();
  }
}
