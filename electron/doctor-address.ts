import { join, resolve } from 'node:path';
import type { Listener } from './adapters/doctor/listener.ts';
import type { PortTrial } from './adapters/doctor/port-trial.ts';
import type { AddressFinding, PortHolder } from './contract/doctor-findings.ts';
import { homeFiles } from './contract/home.ts';
import { usableSocketPath } from './endpoint/listening.ts';

/** Who keeps the home: nobody, one that does not answer, or one that does. */
export type OwnerLook =
  | { readonly kind: 'none' }
  | { readonly kind: 'silent'; readonly pid: number | null }
  | { readonly kind: 'answering'; readonly pid: number; readonly url: string };

export interface PortCheck {
  readonly owner: OwnerLook;
  /** The port that the settings ask for; null: none, so a free one does where the default is taken. */
  readonly setPort: number | null;
  readonly defaultPort: number;
  readonly ports: PortInspection;
}

/** What the system tells of a port. `connectionsOn`: who has it as the own port of a connection. */
export interface PortInspection {
  readonly tryPort: (port: number) => Promise<PortTrial>;
  readonly listenersOn: (port: number) => Promise<readonly Listener[]>;
  readonly connectionsOn: (port: number) => Promise<readonly Listener[]>;
}

/** Whoever stands at one of these gets what is sent to 127.0.0.1 where nobody has that. */
const takesLoopback = ['127.0.0.1', '0.0.0.0', '::', '::ffff:7f00:1'];
const localhost = [...takesLoopback, '::1'];

/** `home`: the folder that was looked in. */
export function ownerFindings(owner: OwnerLook, home: string): readonly AddressFinding[] {
  if (owner.kind === 'none') return [{ code: 'not_running', home }];
  if (owner.kind === 'silent') return [{ code: 'owner_silent', pid: owner.pid }];
  return [{ code: 'running', pid: owner.pid, url: owner.url }];
}

/** Whose the port for tools is, and who else holds the same one at another address (P02). */
export async function portFindings(check: PortCheck): Promise<readonly AddressFinding[]> {
  const { owner, setPort, defaultPort, ports } = check;
  // A start may be under way, and whose the port is then depends on the moment.
  if (owner.kind === 'silent') return [];
  const wanted = setPort ?? defaultPort;
  const served = owner.kind === 'answering' ? Number(new URL(owner.url).port) : null;
  const found: AddressFinding[] = [];
  if (served !== null && owner.kind === 'answering') {
    const others = (await ports.listenersOn(served)).filter(({ pid }) => pid !== owner.pid);
    found.push(...sharing(served, others));
  }
  // One that was started with a port of its own says nothing about the port of the settings.
  if (served === wanted || (served !== null && setPort !== null)) return found;
  const trial = await ports.tryPort(wanted);
  if (trial === 'not_allowed' && setPort !== null) {
    return [...found, { code: 'set_port_not_allowed', port: wanted }];
  }
  if (trial !== 'free') {
    const code = setPort === null ? 'default_port_taken' : 'set_port_taken';
    return [...found, { code, port: wanted, ...(await holderOf(wanted, ports)) }];
  }
  if (served !== null) return found;
  const shared = sharing(wanted, await ports.listenersOn(wanted));
  return shared.length > 0 ? shared : [{ code: 'port_free', port: wanted }];
}

/** Who keeps a port of 127.0.0.1 from us: a program that listens on it, or one whose connection has it as its own. */
async function holderOf(port: number, { listenersOn, connectionsOn }: PortInspection): Promise<PortHolder> {
  const onLoopback = ({ address }: Listener) => takesLoopback.includes(address);
  const holder = (await listenersOn(port)).find(onLoopback) ?? (await connectionsOn(port)).find(onLoopback);
  return holder ? nameOf(holder) : { pid: null, program: null };
}

/** Linux and macOS have a socket in the home as well, unless its path is too long. */
export function socketFindings(home: string, platform: string): readonly AddressFinding[] {
  const path = join(resolve(home), homeFiles.socket);
  if (platform === 'win32' || usableSocketPath(path, platform) !== null) return [];
  return [{ code: 'socket_path_too_long', bytes: Buffer.byteLength(path) }];
}

/** Those whom a tool may reach that asks for `localhost`, which has several addresses. */
function sharing(port: number, listeners: readonly Listener[]): readonly AddressFinding[] {
  return listeners
    .filter(({ address }) => address !== '127.0.0.1' && localhost.includes(address))
    .map((other) => ({
      code: 'port_shared',
      port,
      address: other.address.includes(':') ? `[${other.address}]` : other.address,
      ...nameOf(other),
    }));
}

function nameOf({ pid, program }: Listener): PortHolder {
  return { pid, program };
}
