import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointFile } from '../../electron/contract/wire.ts';
import { hasEnded, kill, lives, until } from './processes.ts';
import type { StartableApp, StartTrouble } from './start-app.ts';

export interface CheckedAppParts {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** TOKEN_TRAY_HOME. */
  readonly home: string;
  /** How long a start may take; 30 s if left out. */
  readonly startMs?: number;
}

const endMs = 10_000;
const keptLines = 20;

/** The tray app that is checked. It may restart by itself, so it is known by its endpoint's file and not as a child. */
export class CheckedApp implements StartableApp {
  /** The last lines that it wrote. */
  readonly output: string[] = [];
  readonly #parts: CheckedAppParts;
  readonly #startMs: number;
  #child: ChildProcess | null = null;
  #spawnError = '';
  #closed = false;

  constructor(parts: CheckedAppParts) {
    this.#parts = parts;
    this.#startMs = parts.startMs ?? 30_000;
  }

  get home(): string {
    return this.#parts.home;
  }

  /** Null: it does not run. */
  get endpoint(): EndpointFile | null {
    const file = this.#readEndpoint();
    return file !== null && lives(file.pid) ? file : null;
  }

  /** Whether its file is gone, as after a clean end. */
  get hasLeft(): boolean {
    return this.#readEndpoint() === null;
  }

  start(): Promise<StartTrouble | null> {
    if (!this.#closed) this.#child = this.#spawn();
    return this.waitForStart();
  }

  async waitForStart(): Promise<StartTrouble | null> {
    const child = this.#child;
    await until(this.#startMs, () => this.#closed || this.endpoint !== null || hasEnded(child));
    if (this.#closed) return { kind: 'closed', text: 'The check has ended.' };
    if (this.endpoint !== null) return null;
    if (!hasEnded(child)) return { kind: 'slow', text: `It did not start within ${this.#startMs / 1000} s.` };
    // A program that cannot be started says so a moment later.
    await delay(0);
    const how = `It ended with exit code ${child?.exitCode ?? child?.signalCode ?? '?'}.`;
    return { kind: 'ended', text: this.#spawnError === '' ? how : this.#spawnError };
  }

  /** Starts it a second time beside the running one. Its exit code; null: it still ran after 15 s, and was ended. */
  async startAgain(): Promise<number | null> {
    const child = this.#spawn();
    if (await until(15_000, () => child.exitCode !== null || child.signalCode !== null))
      return child.exitCode;
    child.kill('SIGKILL');
    return null;
  }

  /** Waits until another process than this one serves the home. */
  restartedSince(pid: number | null): Promise<boolean> {
    return until(this.#startMs, () => this.endpoint !== null && this.endpoint.pid !== pid);
  }

  /** Waits until nothing of it is left. */
  ended(): Promise<boolean> {
    return until(endMs, () => this.hasLeft && hasEnded(this.#child));
  }

  /** Ends it for good, whatever step still wants it. */
  close(): Promise<void> {
    this.#closed = true;
    return this.end();
  }

  /** Ends it as `token-tray stop` does, or by force where it does not end. */
  async end(): Promise<void> {
    const pid = this.endpoint?.pid ?? null;
    if (pid !== null) {
      await this.ask('/v1/stop', { method: 'POST' });
      await until(endMs, () => this.endpoint === null && !lives(pid));
    }
    if (pid !== null && pid !== this.#child?.pid && lives(pid)) kill(pid);
    const child = this.#child;
    if (hasEnded(child)) return;
    child?.kill('SIGKILL');
    await until(endMs, () => hasEnded(child));
  }

  /** A request with the owner's key; null: nothing answered. */
  async ask(path: string, init: RequestInit = {}): Promise<Response | null> {
    const { endpoint } = this;
    if (endpoint === null) return null;
    const headers = { authorization: `Bearer ${endpoint.key}`, 'content-type': 'application/json' };
    return fetch(endpoint.url + path, { ...init, headers, signal: AbortSignal.timeout(25_000) }).catch(
      () => null,
    );
  }

  #spawn(): ChildProcess {
    const { program, args, env } = this.#parts;
    // In a group of its own: a Ctrl-C in the terminal is ours to handle.
    const detached = process.platform !== 'win32';
    const child = spawn(program, args, { env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#spawnError = '';
    child.on('error', (error) => (this.#spawnError = `${error.message}.`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output.push(
          ...chunk
            .toString()
            .split('\n')
            .filter((line) => line.trim() !== ''),
        );
        this.output.splice(0, this.output.length - keptLines);
      });
    }
    return child;
  }

  #readEndpoint(): EndpointFile | null {
    try {
      return JSON.parse(readFileSync(join(this.#parts.home, 'endpoint.json'), 'utf8')) as EndpointFile;
    } catch {
      return null;
    }
  }
}

/** The program in what `--app` names: itself, or the one inside an .app of macOS. */
export function programOf(path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  return trimmed.endsWith('.app') ? join(trimmed, 'Contents', 'MacOS', basename(trimmed, '.app')) : path;
}
