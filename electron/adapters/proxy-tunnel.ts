import type { Socket } from 'node:net';
import type { Proxy } from './proxy-address.ts';

/** `host`: a name, or an IP address without brackets. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A proxy that refused to open a tunnel. */
class ProxyError extends Error {
  readonly code = 'ERR_PROXY';
}

/**
 * Opens a tunnel to `to` through a proxy that `socket` is connected to, and answers the socket to speak on. The proxy
 * learns host and port, and resolves the name. Rejects if it refuses.
 */
export function openTunnel(proxy: Proxy, socket: Socket, to: HostAndPort): Promise<Socket> {
  return proxy.kind === 'http' ? openByConnect(proxy, socket, to) : openBySocks(proxy, socket, to);
}

/** RFC 9110 §9.3.6. Not by `http.request`, which takes an interim answer (§15.2) for the proxy's only one. */
async function openByConnect(
  { username, password }: Proxy,
  socket: Socket,
  to: HostAndPort,
): Promise<Socket> {
  const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `host: ${authority}`,
    'proxy-connection: keep-alive',
    ...(username + password === '' ? [] : [`proxy-authorization: Basic ${credentials}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  for (;;) {
    const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(await readHead(socket))?.[1] ?? 0);
    if (status >= 200 && status <= 299) return socket;
    if (status < 100 || status > 199) throw new ProxyError(`The proxy answered ${status}.`);
  }
}

/** As long as Node's own parser allows, in bytes. */
const longestHead = 16_384;

/** Reads the head of an answer, and leaves what follows it. Rejects if the connection ends first. */
function readHead(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const stop = () => {
      socket.off('readable', read).off('end', fail).off('close', fail);
    };
    const fail = () => {
      stop();
      reject(new ProxyError('The proxy gave no answer in HTTP.'));
    };
    const read = () => {
      for (let bytes = next(socket); bytes !== null; bytes = next(socket)) {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf('\r\n\r\n') + 4;
        if (end >= 4) {
          stop();
          socket.unshift(head.subarray(end));
          resolve(head.toString('latin1', 0, end));
          return;
        }
        if (head.length > longestHead) fail();
      }
    };
    socket.on('readable', read).on('end', fail).on('close', fail);
    read();
  });
}

/** What has arrived; null: nothing more yet. */
function next(socket: Socket): Buffer | null {
  return socket.read() as Buffer | null;
}

async function openBySocks(
  { kind, host, port, username, password }: Proxy,
  socket: Socket,
  to: HostAndPort,
): Promise<Socket> {
  // Loaded only where there is such a proxy.
  const { SocksClient } = await import('socks');
  await SocksClient.createConnection({
    command: 'connect',
    existing_socket: socket,
    proxy: {
      host,
      port,
      type: kind === 'socks4' ? 4 : 5,
      ...(username + password !== '' && { userId: username, password }),
    },
    destination: to,
  });
  return socket;
}
