import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { chromium, type Browser, type Page } from 'playwright';
import { inject, vi } from 'vitest';
import { desktopBus } from './desktop-bus.ts';
import { ChromiumProcess } from '../electron-host/browser/chromium-process.ts';
import type { CallAnswer, CallArgs, CallName } from '../electron-host/control/calls.ts';
import { controlSocket, type HostSettings } from '../electron-host/control/settings.ts';
import type { Launch, LaunchedApp } from './launched-app.ts';

const register = join(import.meta.dirname, '../electron-host/register.mjs');

/** One Chromium for all apps of a worker; each has a browser context of its own in it. It ends with the worker. */
let shared: Promise<{ url: string; playwright: Browser }> | null = null;

async function sharedBrowser() {
  shared ??= ChromiumProcess.start(inject('browserProfiles')).then(async (started) => {
    // Without Playwright's defaults a page keeps what the app gave it: its size, its colours.
    return { url: started.url, playwright: await chromium.connectOverCDP(started.url, { noDefaults: true }) };
  });
  return shared;
}

/** How an app that is started otherwise takes part in the worker's browser (`ELECTRON_HOST_SETTINGS`). */
export async function standInSettings(): Promise<HostSettings> {
  return { browserUrl: (await sharedBrowser()).url };
}

/** Starts the app by Node, with the stand-in for the module `electron`. */
export async function launchInStandIn(launch: Launch): Promise<LaunchedApp> {
  const { url, playwright } = await sharedBrowser();
  const settings = {
    ...launch.computer,
    browserUrl: url,
    systemFolder: launch.folders.system,
    controlled: true,
  };
  const child = spawn(process.execPath, ['--import', register, launch.main, ...launch.args], {
    env: {
      ...launch.env,
      PATH: `${await desktopBus(launch.folders.system)}:${launch.env['PATH'] ?? ''}`,
      ELECTRON_HOST_SETTINGS: JSON.stringify(settings),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const app = new StandInApp(startedProcess(child), playwright, launch);
  await Promise.race([app.control('app.ready').catch(() => undefined), app.ended()]);
  return app;
}

/** The app that started itself again by `app.relaunch`, in the folders of the one before; waits until it is ready. */
export async function relaunchedApp(folders: Launch['folders']): Promise<LaunchedApp> {
  const { playwright } = await sharedBrowser();
  const attach = async () => {
    const channel = await connected(controlSocket(folders.system));
    // An app that ends may reset the connection, which `once` would take for a failure.
    const ended = new Promise<null>((resolve) => channel.on('close', () => resolve(null)));
    const process = { pid: 0, channel, exitCode: null, ended };
    const app = new StandInApp(process, playwright, { folders, cleanUp: () => Promise.resolve() });
    // The one before may still have the socket for a moment: then it is gone before it answers.
    process.pid = await app.control('app.pid');
    return app;
  };
  const app = await vi.waitFor(attach, { timeout: 20_000 });
  await app.control('app.ready');
  return app;
}

async function connected(path: string): Promise<Duplex> {
  const socket = connect(path);
  await once(socket, 'connect');
  return socket;
}

/** What a test holds of the app's process. */
interface AppProcess {
  readonly pid: number;
  readonly channel: Duplex;
  readonly ended: Promise<number | null>;
  readonly exitCode: number | null;
  /** Its output; without, it is thrown away. */
  readonly streams?: readonly (Readable | null)[];
}

function startedProcess(child: ChildProcess): AppProcess {
  return {
    pid: child.pid ?? 0,
    channel: child.stdio[3] as Duplex,
    ended: once(child, 'close').then(() => child.exitCode),
    get exitCode() {
      return child.exitCode;
    },
    streams: [child.stdout, child.stderr],
  };
}

class StandInApp implements LaunchedApp {
  readonly host = 'stand-in';
  readonly folders: Launch['folders'];
  readonly #process: AppProcess;
  readonly #playwright: Browser;
  readonly #cleanUp: () => Promise<void>;
  readonly #ended: Promise<number | null>;
  readonly #calls = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #lastCall = 0;
  #output = '';

  constructor(process: AppProcess, playwright: Browser, launch: Pick<Launch, 'folders' | 'cleanUp'>) {
    this.#process = process;
    this.#playwright = playwright;
    this.folders = launch.folders;
    this.#cleanUp = launch.cleanUp;
    for (const stream of process.streams ?? []) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.#ended = process.ended.then((exitCode) => {
      for (const call of this.#calls.values()) call.reject(new Error(`The app has ended. ${this.#output}`));
      return exitCode;
    });
    const lines = createInterface({ input: this.#pipe });
    // An app that ends resets the pipe; readline passes that on as an error of its own.
    for (const end of [this.#pipe, lines]) end.on('error', () => undefined);
    lines.on('line', (line) => {
      const { id, answer, error } = JSON.parse(line) as { id: number; answer?: unknown; error?: string };
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      if (error === undefined) call?.resolve(answer);
      else call?.reject(new Error(error));
    });
  }

  get pid(): number {
    return this.#process.pid;
  }
  get output(): string {
    return this.#output;
  }

  can(): boolean {
    return true;
  }

  control<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#process.exitCode !== null) reject(new Error(`The app has ended. ${this.#output}`));
      const id = (this.#lastCall += 1);
      this.#calls.set(id, { resolve: (answer) => resolve(answer as CallAnswer<Name>), reject });
      this.#pipe.write(`${JSON.stringify({ id, name, args })}\n`);
    });
  }

  async window(): Promise<Page> {
    return vi.waitFor(
      async () => {
        const windows = await this.control('windows.list');
        const shown = windows.findLast(({ visible }) => visible);
        if (shown === undefined || shown.url === '' || shown.loading)
          throw new Error(`No window shows a page. ${this.#output}`);
        const page = await pageOf(this.#playwright, shown.targetId);
        await page.waitForLoadState();
        return page;
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  ended(): Promise<number | null> {
    return this.#ended;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    try {
      process.kill(this.#process.pid, signal);
    } catch {
      // It has ended already.
    }
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    await this.#cleanUp();
  }

  get #pipe(): Duplex {
    return this.#process.channel;
  }
}

const targetIds = new WeakMap<Page, string>();

/** Playwright's page for a window; apps share the browser, and a page tells by its target whose it is. */
async function pageOf(playwright: Browser, targetId: string): Promise<Page> {
  for (const context of playwright.contexts()) {
    for (const page of context.pages()) {
      if (!targetIds.has(page)) {
        const session = await context.newCDPSession(page);
        const { targetInfo } = await session.send('Target.getTargetInfo');
        targetIds.set(page, targetInfo.targetId);
        await session.detach();
      }
      if (targetIds.get(page) === targetId) return page;
    }
  }
  throw new Error('The window has no page yet.');
}
