import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { EndpointFile } from '../../electron/contract/wire.ts';

/** The built command line. */
export const program = join(import.meta.dirname, '../../out/cli/token-tray.cjs');

export interface CallResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** No proxy and no home of the person who runs the tests: a test names all that a program is to know. */
function environment(extra: Environment): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: '/nonexistent', TOKEN_TRAY_KEY_STORE: 'passphrase', ...extra };
}

/** One call of the built command line, to its end. `through`: a command that runs it, given the whole of its own. */
export async function call(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Environment = {},
  through: readonly string[] = [],
): Promise<CallResult> {
  const [command = '', ...rest] = [...through, process.execPath, program, ...args];
  const child = spawn(command, rest, { env: environment(env) });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

export interface AgentSettings {
  readonly home: string;
  readonly args?: readonly string[];
  readonly password?: string;
  readonly env?: Environment;
  /** Null: none is named. */
  readonly port?: number | null;
  /** The id of the user, and of the group, that it runs as; only root can choose. */
  readonly user?: number;
  /** The command line of another place than the build's. */
  readonly program?: string;
  /** A command that runs it, given the whole of its own; see `managedMachine`. */
  readonly through?: readonly string[];
}

/** The built agent in a process of its own, from `ready` to its end. */
export class AgentProcess implements AsyncDisposable {
  readonly url: string;
  readonly home: string;
  readonly #child: ChildProcess;
  readonly #said: { stderr: string };

  private constructor(url: string, home: string, child: ChildProcess, said: { stderr: string }) {
    this.url = url;
    this.home = home;
    this.#child = child;
    this.#said = said;
  }

  /** Starts one, and fails with what it said if it ends before it is ready. */
  static async start(settings: AgentSettings): Promise<AgentProcess> {
    const { home, args = [], password = '', env = {}, port = 0, user } = settings;
    const { program: file = program, through = [] } = settings;
    const given = [
      ...(password === '' ? [] : ['--password-stdin']),
      ...(port === null ? [] : ['--port', String(port)]),
    ];
    const words = [process.execPath, file, 'agent', '--home', home, ...given, ...args];
    const [command = '', ...rest] = [...through, ...words];
    const child = spawn(command, rest, {
      env: environment({ TOKEN_TRAY_PASSPHRASE: 'a long passphrase of the tests', ...env }),
      ...(user !== undefined && { uid: user, gid: user }),
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(password);
    const said = { stderr: '' };
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    let stdout = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        const ready = /^ready (\S+)$/m.exec(stdout)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      child.on('close', (code) => reject(new Error(`The agent ended (${String(code)}): ${said.stderr}`)));
    });
    return new AgentProcess(url, home, child, said);
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The agent has no process.');
    return this.#child.pid;
  }

  get stderr(): string {
    return this.#said.stderr;
  }

  /** The key and address that a local tool finds. */
  endpoint(): EndpointFile {
    return JSON.parse(readFileSync(join(this.home, 'endpoint.json'), 'utf8')) as EndpointFile;
  }

  /** A request with the owner's key. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.endpoint().key}`);
    return fetch(this.url + path, { ...init, headers });
  }

  /** The token that a tool gets; fails where it gets none. */
  async token(): Promise<string> {
    const response = await this.fetch('/v1/token');
    const body = (await response.json()) as { access_token?: string; code?: string };
    if (body.access_token === undefined) throw new Error(`no token: ${String(body.code)}`);
    return body.access_token;
  }

  /** Waits until it has ended by itself, and answers its exit code. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close');
    return this.#child.exitCode;
  }

  /** Ends it by a signal and answers its exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.kill(signal);
      await closed;
    }
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}
