import { connect, type Socket } from 'node:net';

/** A TCP or Unix socket connection that speaks in bytes, for what a client library would not send or would hide. */
export class RawConnection implements Disposable {
  /** All that came so far, each byte one character. */
  received = '';
  closed = false;
  readonly #socket: Socket;
  #waiting: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1');
      this.#changed();
    });
    // A reset is one way of being refused.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#changed();
    });
  }

  /** `to`: a port of 127.0.0.1, or a socket's path. */
  static async open(to: number | string): Promise<RawConnection> {
    const socket = typeof to === 'number' ? connect(to, '127.0.0.1') : connect(to);
    const connection = new RawConnection(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return connection;
  }

  send(bytes: string): void {
    this.#socket.write(bytes, 'latin1');
  }

  /** Ends the connection by RST. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Says that nothing more will be sent, and goes on reading. */
  halfClose(): void {
    this.#socket.end();
  }

  /** Waits until the server has closed. Answers all that came. */
  async untilClosed(): Promise<string> {
    await this.until(() => this.closed);
    return this.received;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.closed) throw new Error(`The server closed too early, after: ${this.received}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Sends bytes on a connection of their own and answers all that came until the server closed it. */
export async function rawExchange(to: number | string, bytes: string): Promise<string> {
  using connection = await RawConnection.open(to);
  connection.send(bytes);
  return await connection.untilClosed();
}

/** A request's head as bytes, with no lines but those given. */
export function requestBytes(requestLine: string, ...lines: readonly string[]): string {
  return [requestLine, ...lines, '', ''].join('\r\n');
}

/** The status of the first answer in it; null: there is none. */
export function statusOf(received: string): number | null {
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(received)?.[1];
  return status === undefined ? null : Number(status);
}
