import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python } from './python.ts';

const succeeds = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;

/** Whether this computer lets a test make networks of its own: Linux, as root, with python3 and ip. */
export const canMakeLinks =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/dev/net/tun') &&
  succeeds('unshare', '--net', 'true') &&
  succeeds('ip', '-V') &&
  succeeds(python, '--version');

let links = 0;

/** A link to a network namespace in which a program runs that has no other network. */
export class SlowLink implements AsyncDisposable {
  /** The address of this computer, as the program there sees it. */
  readonly address: string;
  readonly #namespace: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string, unknown>;

  private constructor(namespace: string, address: string, child: ChildProcessWithoutNullStreams) {
    this.#namespace = namespace;
    this.address = address;
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** `delayMs`: how long each packet takes, each way. */
  static async start(delayMs: number): Promise<SlowLink> {
    const namespace = `tt${process.pid}n${(links += 1)}`;
    // RFC 2544's network for tests of devices.
    const base = `198.18.${process.pid % 256}.${links * 4}`;
    const [own = '', its = ''] = [1, 2].map((last) =>
      base.replace(/\d+$/, (number) => String(Number(number) + last)),
    );
    const script = join(import.meta.dirname, 'slow-link.py');
    const child = spawn(python, [script, namespace, own, its, String(delayMs)]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const link = new SlowLink(namespace, own, child);
    if ((await link.#line()) !== 'ready') throw new Error(`No link: ${said}`);
    return link;
  }

  /** The command before a program that runs it at the other end. `hosts`: the lines of its hosts file, kept in `folder`. */
  through(folder: string, hosts: readonly string[]): readonly string[] {
    const file = join(folder, 'hosts');
    writeFileSync(file, ['127.0.0.1 localhost', ...hosts, ''].join('\n'));
    const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
    return ['ip', 'netns', 'exec', this.#namespace, 'sh', '-c', script, 'sh', file];
  }

  /** `out`: packets from the other end only. */
  async cut(direction: 'both' | 'out' = 'both'): Promise<void> {
    await this.#tell(direction === 'out' ? 'cut-out' : 'cut');
  }

  async heal(): Promise<void> {
    await this.#tell('heal');
  }

  /** The TCP connections to this computer with which the system at the other end is not done yet, and what of each it keeps. */
  connections(): readonly { readonly state: string; readonly unsentBytes: number }[] {
    const args = ['netns', 'exec', this.#namespace, 'ss', '-Htna', 'dst', this.address];
    const lines = spawnSync('ip', args, { encoding: 'utf8' }).stdout.trim().split('\n');
    return lines.flatMap((line) => {
      const [state = '', , unsent] = line.split(/\s+/);
      return state === '' || state === 'TIME-WAIT' ? [] : [{ state, unsentBytes: Number(unsent) }];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    await closed;
  }

  async #line(): Promise<string | null> {
    const line = await this.#lines.next();
    return line.done === true ? null : line.value;
  }

  async #tell(command: string): Promise<void> {
    this.#child.stdin.write(`${command}\n`);
    if ((await this.#line()) !== command) throw new Error(`The link did not ${command}.`);
  }
}
