import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsIdentity } from './raw-server.ts';

export interface ProxyServerOptions {
  /** Where each tunnel ends, whatever host was asked for. */
  readonly port: number;
  /** Where it listens, and where that port is; left out: 127.0.0.1. */
  readonly address?: string;
  /** `NAME:PASSWORD`; left out: everybody may use it. */
  readonly credentials?: string;
  /** An HTTP proxy that speaks TLS. */
  readonly identity?: TlsIdentity;
}

/** A proxy on this computer, of each kind that is used. */
export class ProxyServer implements AsyncDisposable {
  /** `HOST:PORT` of each tunnel that was opened. */
  readonly opened: string[] = [];
  /** How the first connection to it ended. */
  readonly ended: Promise<string>;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #options: ProxyServerOptions;
  readonly #scheme: string;

  private constructor(server: Server, scheme: string, options: ProxyServerOptions) {
    this.#server = server;
    this.#scheme = scheme;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    const watch = (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.on('end', () => resolve('an ordinary end')).on('close', () => this.#sockets.delete(socket));
    };
    server.on('connection', watch).on('secureConnection', watch);
  }

  /** CONNECT (RFC 9110 §9.3.6), with Basic where credentials are asked for. */
  static async http(options: ProxyServerOptions): Promise<ProxyServer> {
    const { identity, credentials } = options;
    const server = identity
      ? createHttpsServer({ key: identity.key, cert: identity.certificate })
      : createHttpServer();
    const proxy = new ProxyServer(server, identity ? 'https' : 'http', options);
    const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    server.on('connect', ({ url = '', headers }, socket) => {
      if (wanted !== undefined && headers['proxy-authorization'] !== wanted) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
        return;
      }
      proxy.#join(socket, url, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    });
    return proxy.#listen();
  }

  /** SOCKS5 (RFC 1928), with a password (RFC 1929) where credentials are asked for, and SOCKS4a. */
  static async socks(options: ProxyServerOptions): Promise<ProxyServer> {
    const proxy: ProxyServer = new ProxyServer(
      createServer((socket) => void proxy.#serveSocks(socket).catch(() => socket.destroy())),
      'socks5',
      options,
    );
    return proxy.#listen();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Without credentials. */
  get url(): string {
    return `${this.#scheme}://${this.#options.address ?? '127.0.0.1'}:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #listen(): Promise<this> {
    await once(this.#server.listen(0, this.#options.address ?? '127.0.0.1'), 'listening');
    return this;
  }

  #join(socket: Duplex, asked: string, joined: () => void): void {
    this.opened.push(asked);
    const upstream = connect(this.#options.port, this.#options.address ?? '127.0.0.1', joined);
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.pipe(socket).pipe(upstream);
  }

  async #serveSocks(socket: Socket): Promise<void> {
    const next = async () => ((await once(socket, 'data')) as [Buffer])[0];
    const greeting = await next();
    if (greeting[0] === 4) {
      const [, host = ''] = greeting.subarray(8).toString('latin1').split('\0');
      this.#join(socket, `${host}:${greeting.readUInt16BE(2)}`, () =>
        socket.write(Buffer.from([0, 90, 0, 0, 0, 0, 0, 0])),
      );
      return;
    }
    const { credentials } = this.#options;
    socket.write(Buffer.from([5, credentials === undefined ? 0 : 2]));
    if (credentials !== undefined) {
      const [, nameLength = 0, ...rest] = await next();
      const name = Buffer.from(rest.slice(0, nameLength)).toString();
      const password = Buffer.from(rest.slice(nameLength + 1)).toString();
      const right = `${name}:${password}` === credentials;
      socket.write(Buffer.from([1, right ? 0 : 1]));
      if (!right) return;
    }
    const request = await next();
    const hostEnd = 5 + (request[4] ?? 0);
    const asked = `${request.subarray(5, hostEnd).toString()}:${request.readUInt16BE(hostEnd)}`;
    this.#join(socket, asked, () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
  }
}
