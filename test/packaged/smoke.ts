import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { electronEnvironment } from '../../scripts/electron-environment.mjs';
import { startAuthService } from '../auth-service/auth-service.ts';
import { call, type CallResult } from '../support/token-tray-process.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

const orders = '/allocation/api/v1/tracking/order-list';
const user = { name: 'demo@example.com', password: 'correct horse' };
const startMs = 90_000;

/**
 * The whole job with an app as it is installed: it starts, `token-tray login` signs in to it, a tool fetches a token
 * and calls the API with it, doctor finds nothing to mend, and it ends when it is told to. Rejects with what is wrong.
 */
export async function smoke(command: Command, say: (line: string) => void): Promise<void> {
  await using service = await startAuthService();
  await using app = await StartedApp.start(command, service.url);
  await app.served();
  say('It has started, and endpoint.json is there.');

  const login = await app.call(['login', '--username', user.name, '--password-stdin'], user.password);
  expectDone('token-tray login', login);
  const token = await app.call(['token']);
  expectDone('token-tray token', token);
  const answer = await fetch(service.url + orders, {
    headers: { authorization: `Bearer ${token.stdout.trim()}` },
  });
  if (answer.status !== 200) throw new Error(`The API answered the token with ${answer.status}.`);
  say('It has signed in, and the API takes its token.');

  const status = JSON.parse((await app.call(['status', '--json'])).stdout) as { key_store: string };
  say(`Sessions are guarded by ${status.key_store}.`);
  const doctor = await app.call(['doctor', '--api', service.url]);
  say(doctor.stdout.trim());
  expectDone('token-tray doctor', doctor);
  const { logins, refreshes } = service.stats();
  if (logins !== 1 || refreshes !== 0)
    throw new Error(`The service saw ${logins} and ${refreshes} requests.`);

  await app.end();
  if (app.isPublished) throw new Error('endpoint.json is there after a clean end.');
  say('It has ended, and left no address behind.');
}

/**
 * The system's own key store, in two starts on one home: what the first has sealed the second opens, without a sign-in.
 * Rejects with what is wrong.
 */
export async function smokeKeyStore(command: Command, say: (line: string) => void): Promise<void> {
  await using service = await startAuthService();
  const home = mkdtempSync(join(tmpdir(), 'token-tray-smoke-'));
  try {
    const first = await tokenOfStart(command, service.url, home, (app) =>
      app.call(['login', '--username', user.name, '--password-stdin'], user.password),
    );
    const vault = readFileSync(join(home, 'vault.safe-storage.json'), 'utf8');
    if (process.platform === 'linux' && !/"key": "v1[12]:/.test(vault))
      throw new Error('The session is sealed by no key of a key store.');
    say('The key store has sealed the session.');
    const second = await tokenOfStart(command, service.url, home);
    if (second !== first) throw new Error('The second start has another token than the first.');
    if (service.stats().logins !== 1) throw new Error('The second start has signed in again.');
    say('The next start has opened it.');
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The token of one start, which ends again. `prepare`: what is called first. */
async function tokenOfStart(
  command: Command,
  api: string,
  home: string,
  prepare?: (app: StartedApp) => Promise<CallResult>,
): Promise<string> {
  await using app = await StartedApp.start(command, api, home);
  await app.served();
  if (prepare) expectDone('token-tray login', await prepare(app));
  const token = await app.call(['token', '--wait', '20']);
  expectDone('token-tray token', token);
  const { key_store: keyStore } = JSON.parse((await app.call(['status', '--json'])).stdout) as {
    key_store: string;
  };
  if (keyStore !== 'safe-storage') throw new Error(`Sessions are guarded by ${keyStore}.`);
  await app.end();
  return token.stdout.trim();
}

/** Rejects if an app serves all the same whose archive has one other byte. */
export async function smokeChanged(archive: string, command: Command): Promise<void> {
  const bytes = readFileSync(archive);
  writeFileSync(archive, changed(bytes));
  try {
    await using app = await StartedApp.start(command, 'http://127.0.0.1:9');
    const serves = await app.served().then(
      () => true,
      () => false,
    );
    if (serves) throw new Error('It starts with a changed archive.');
  } finally {
    writeFileSync(archive, bytes);
  }
}

/** The archive with one byte of the app's own code changed. */
export function changed(archive: Buffer): Buffer {
  const at = archive.indexOf('Token Tray does not start with');
  if (at < 0) throw new Error('The archive holds no text to change.');
  const copy = Buffer.from(archive);
  copy.writeUInt8(archive.readUInt8(at) ^ 1, at);
  return copy;
}

class StartedApp implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #isOwnHome: boolean;
  #said = '';

  private constructor(child: ChildProcess, home: string, isOwnHome: boolean) {
    this.#child = child;
    this.#isOwnHome = isOwnHome;
    this.#home = home;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    }
  }

  /** `kept`: a home that stays; without, a new one that goes with the app. */
  static async start([program, ...args]: Command, api: string, kept?: string): Promise<StartedApp> {
    const home = kept ?? mkdtempSync(join(tmpdir(), 'token-tray-smoke-'));
    const env = { ...electronEnvironment(process.env), TOKEN_TRAY_HOME: home, TOKEN_TRAY_API: api };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    return new StartedApp(child, home, kept === undefined);
  }

  get isPublished(): boolean {
    return existsSync(join(this.#home, 'endpoint.json'));
  }

  /** Resolves once tools are served; rejects where it has ended before, or takes too long. */
  async served(): Promise<void> {
    const giveUp = Date.now() + startMs;
    while (!this.isPublished) {
      if (this.#ended || Date.now() > giveUp) throw new Error(`It serves nobody. It said: ${this.#said}`);
      await delay(200);
    }
  }

  call(args: readonly string[], input = ''): Promise<CallResult> {
    return call([...args, '--home', this.#home], input, { ...process.env });
  }

  async end(): Promise<void> {
    if (this.#ended) throw new Error(`It has ended by itself. It said: ${this.#said}`);
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) {
      const closed = once(this.#child, 'close');
      this.#child.kill('SIGKILL');
      await closed;
    }
    if (this.#isOwnHome) rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

function expectDone(what: string, { exitCode, stderr }: CallResult): void {
  if (exitCode !== 0) throw new Error(`${what} ended with ${String(exitCode)}: ${stderr}`);
}
