import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What a server does with one whole request: `text` is its head and body, each byte one character. */
export type OnRequest = (socket: Socket, text: string) => void;

export interface TlsIdentity {
  readonly key: string;
  readonly certificate: string;
}

/**
 * A server on 127.0.0.1, or another address, that speaks in bytes, so that a test can misbehave as it likes, and that keeps every
 * byte it got. With an identity it speaks TLS; `bytes` then holds what was decrypted.
 */
export class RawServer implements AsyncDisposable {
  readonly requests: string[] = [];
  connections = 0;
  bytes = '';
  /** Called with each new connection, before anything was read from it. */
  onConnection: (socket: Socket) => void = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(onRequest: OnRequest, identity: TlsIdentity | null) {
    const serve = (socket: Socket) => this.#serve(socket, onRequest);
    this.#server = identity
      ? createTlsServer({ key: identity.key, cert: identity.certificate }, serve)
      : createServer(serve);
    // A handshake that the client breaks off is what some tests are about.
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      this.onConnection(socket);
    });
  }

  static async start(
    onRequest: OnRequest,
    identity: TlsIdentity | null = null,
    address = '127.0.0.1',
  ): Promise<RawServer> {
    const server = new RawServer(onRequest, identity);
    await new Promise<void>((resolve) => server.#server.listen(0, address, resolve));
    return server;
  }

  get port(): number {
    const address = this.#server.address() as AddressInfo | null;
    if (!address) throw new Error('The server does not listen.');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket, onRequest: OnRequest): void {
    let waiting = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      this.bytes += text;
      waiting += text;
      const length = wholeLength(waiting);
      if (length === null) return;
      const request = waiting.slice(0, length);
      waiting = waiting.slice(length);
      this.requests.push(request);
      onRequest(socket, request);
    });
  }
}

/** An answer with its length, as bytes. */
export function httpAnswer(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-type': 'application/json', ...headers, 'content-length': String(bytes.length) };
  const lines = Object.entries(all).map(([name, text]) => `${name}: ${text}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n`), bytes]);
}

/** A port of 127.0.0.1 on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await RawServer.start(() => undefined);
  const { port } = server;
  await server[Symbol.asyncDispose]();
  return port;
}

function wholeLength(text: string): number | null {
  const headLength = text.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return null;
  const bodyLength = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headLength))?.[1] ?? 0);
  return text.length >= headLength + bodyLength ? headLength + bodyLength : null;
}
