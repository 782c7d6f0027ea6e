import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { chromium, type Browser, type Page } from 'playwright';
import { inject, vi } from 'vitest';
import { desktopBus } from './desktop-bus.ts';
import { ChromiumProcess } from '../electron-host/browser/chromium-process.ts';
import type { CallAnswer, CallArgs, CallName } from '../electron-host/control/calls.ts';
import type { HostSettings } from '../electron-host/control/settings.ts';
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
  const app = new StandInApp(child, playwright, launch);
  await Promise.race([app.control('app.ready').catch(() => undefined), app.ended()]);
  return app;
}

class StandInApp implements LaunchedApp {
  readonly host = 'stand-in';
  readonly folders: Launch['folders'];
  readonly #child: ChildProcess;
  readonly #playwright: Browser;
  readonly #cleanUp: () => Promise<void>;
  readonly #ended: Promise<number | null>;
  readonly #calls = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #lastCall = 0;
  #output = '';

  constructor(child: ChildProcess, playwright: Browser, launch: Launch) {
    this.#child = child;
    this.#playwright = playwright;
    this.folders = launch.folders;
    this.#cleanUp = launch.cleanUp;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.#ended = once(child, 'close').then(() => {
      for (const call of this.#calls.values()) call.reject(new Error(`The app has ended. ${this.#output}`));
      return child.exitCode;
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
    return this.#child.pid ?? 0;
  }
  get output(): string {
    return this.#output;
  }

  can(): boolean {
    return true;
  }

  control<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null) reject(new Error(`The app has ended. ${this.#output}`));
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
    this.#child.kill(signal);
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    await this.#cleanUp();
  }

  get #pipe(): Duplex {
    return this.#child.stdio[3] as Duplex;
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
