import { execFile } from 'node:child_process';
import { childEnvironment } from '../contract/child-environment.ts';

/** A call of a method on the session bus whose arguments are texts. */
export interface BusCall {
  /** The bus name that is called, such as `org.freedesktop.DBus`. */
  readonly service: string;
  readonly path: string;
  readonly interface: string;
  readonly method: string;
  readonly texts: readonly string[];
}

/**
 * `answered`: with what the program printed. `failed`: there is no bus, or nothing on it answers that call. `unknown`:
 * this computer has no program that can ask, or it was not done in time.
 */
export type BusAnswer =
  { readonly kind: 'answered'; readonly text: string } | { readonly kind: 'failed' | 'unknown' };

export type AskSessionBus = (call: BusCall) => Promise<BusAnswer>;

/** The bus itself, which knows who is on it (D-Bus specification, "Message Bus Messages"). */
export const messageBus = {
  service: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

const second = 1000;

/** Asks the session bus of a Linux desktop, by the first of three programs that is there; each desktop has one. */
export const askSessionBus: AskSessionBus = async (call) => {
  for (const [program, ...args] of askers(call)) {
    const answer = await run(program, args);
    if (answer !== null) return answer;
  }
  return { kind: 'unknown' };
};

function askers({ service, path, interface: of, method, texts }: BusCall) {
  const signature = 's'.repeat(texts.length);
  // Each waits longer than `run` does: when its own time is over, it ends as if nothing answered that call.
  const dbusSend = ['--session', '--print-reply', '--reply-timeout=10000', `--dest=${service}`];
  const gdbus = ['call', '--session', '--timeout', '10', '--dest', service, '--object-path', path];
  const typed = texts.length === 0 ? [] : [signature, ...texts];
  return [
    ['gdbus', ...gdbus, '--method', `${of}.${method}`, ...texts],
    ['busctl', '--user', '--timeout=10', 'call', service, path, of, method, ...typed],
    ['dbus-send', ...dbusSend, path, `${of}.${method}`, ...texts.map((text) => `string:${text}`)],
  ] satisfies [string, ...string[]][];
}

/** Null: there is no such program. */
function run(program: string, args: readonly string[]): Promise<BusAnswer | null> {
  return new Promise((resolve) => {
    const env = childEnvironment(process.env);
    const options = { timeout: 3 * second, killSignal: 'SIGKILL', env } as const;
    execFile(program, [...args], options, (error, stdout) => {
      if (!error) resolve({ kind: 'answered', text: stdout });
      else if (error.code === 'ENOENT') resolve(null);
      else resolve({ kind: error.killed === true ? 'unknown' : 'failed' });
    });
  });
}
