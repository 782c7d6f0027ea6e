import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Listener } from './listener.ts';

const listening = '0A';
/** TIME_WAIT: over, without a process, and no obstacle to whoever binds the port with SO_REUSEADDR, as Node.js does. */
const over = '06';

/** Linux: who listens on a port, by proc(5). Other users' processes are seen, but not which they are. */
export async function procListeners(port: number, proc = '/proc'): Promise<readonly Listener[]> {
  return (await procSockets(port, proc))
    .filter(({ state }) => state === listening)
    .map(({ holder }) => holder);
}

/** Linux: whose outgoing or accepted connections have a port as their own. */
export async function procConnections(port: number, proc = '/proc'): Promise<readonly Listener[]> {
  return (await procSockets(port, proc))
    .filter(({ state }) => state !== listening && state !== over)
    .map(({ holder }) => holder);
}

interface Socket {
  readonly address: string;
  readonly state: string;
  readonly inode: string;
}

async function procSockets(port: number, proc: string) {
  const v4 = parseProcNet(await readFile(`${proc}/net/tcp`, 'latin1'), port);
  // A kernel without IPv6 has no such file.
  const v6 = parseProcNet(await readFile(`${proc}/net/tcp6`, 'latin1').catch(() => ''), port);
  const sockets = [...v4, ...v6];
  const holders = await holdersOf(new Set(sockets.map(({ inode }) => inode)), proc);
  return sockets.map(({ address, state, inode }) => ({
    state,
    holder: { address, ...(holders.get(inode) ?? { pid: null, program: null }) },
  }));
}

/** The sockets of a port in `/proc/net/tcp` or `tcp6`. */
function parseProcNet(text: string, port: number): readonly Socket[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', hexPort = ''] = local.split(':');
    if (parseInt(hexPort, 16) !== port) return [];
    return [{ address: readAddress(address), state, inode }];
  });
}

/** Words of 32 bits, each in the order of the machine, whose lowest byte comes first. */
function readAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    [6, 4, 2, 0].map((at) => parseInt(word.slice(at, at + 2), 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const pairs = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  // The URL parser knows how to shorten one (RFC 5952).
  return new URL(`http://[${pairs.join(':')}]`).hostname.slice(1, -1);
}

async function holdersOf(inodes: ReadonlySet<string>, proc: string) {
  const holders = new Map<string, { readonly pid: number; readonly program: string | null }>();
  if (inodes.size === 0) return holders;
  const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Another user's process shows none of its files, and one may end at any moment.
    const files = await readdir(`${proc}/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`${proc}/${pid}/fd/${file}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode) || holders.has(inode)) continue;
      holders.set(inode, { pid: Number(pid), program: await programOf(`${proc}/${pid}`) });
    }
  }
  return holders;
}

/** Not `comm`: that is the main thread's name, which a program may set, as Node.js does ("MainThread"). */
async function programOf(process: string): Promise<string | null> {
  const path = await readlink(`${process}/exe`).catch(() => null);
  // The system marks a program whose file was replaced while it runs, as an update does.
  if (path !== null) return basename(path.replace(/ \(deleted\)$/, ''));
  const [first = ''] = (await readFile(`${process}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return first === '' ? null : basename(first);
}
