import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserExecutable, browserOptions } from '../../support/browser.ts';

/** A headless Chromium that listens for DevTools, with a profile of its own that goes with it. */
export class ChromiumProcess implements AsyncDisposable {
  /** Where its DevTools listen, `ws://…`. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #profile: string;

  private constructor(url: string, child: ChildProcess, profile: string) {
    this.url = url;
    this.#child = child;
    this.#profile = profile;
  }

  /**
   * Starts the system's Chromium, else Playwright's own; fails where there is neither. `profiles`: the folder that its
   * profile is made in.
   */
  static async start(profiles = tmpdir()): Promise<ChromiumProcess> {
    const executable = browserExecutable();
    if (executable === null) throw new Error('There is no Chromium here: npx playwright install chromium');
    const profile = await mkdtemp(join(profiles, 'token-tray-browser-'));
    const { args = [] } = browserOptions(executable, ...switches, `--user-data-dir=${profile}`);
    const child = spawn(executable, [...args, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const listening = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (listening !== undefined) resolve(listening);
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`Chromium ended at its start: ${said}`)));
    });
    return new ChromiumProcess(url, child, profile);
  }

  /** Ends it at once, from a process that is itself ending and can wait for nothing. */
  abandon(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      for (const pipe of this.#child.stdio.slice(3)) pipe?.destroy();
      await exited;
    }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const switches = [
  '--headless',
  '--remote-debugging-port=0',
  // It ends when this pipe does, so that it outlives no process that started it, however that one ends.
  '--remote-debugging-pipe',
  // Nothing leaves this computer.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  // All frames of a page in one process, so that one session sees them all.
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter',
  '--disable-default-apps',
  '--disable-extensions',
  '--mute-audio',
  '--no-default-browser-check',
  '--password-store=basic',
];
