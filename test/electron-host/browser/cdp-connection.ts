import { EventEmitter } from 'node:events';
import type { CDPSession } from 'playwright';

interface CdpMessage {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** One conversation with the browser or with one of its pages; typed by Playwright's own protocol types. */
export class CdpSession extends EventEmitter {
  readonly send: CDPSession['send'];
  /** Listens to one event of the protocol. */
  readonly listen: CDPSession['on'];

  constructor(connection: CdpConnection, sessionId: string | undefined) {
    super();
    this.setMaxListeners(0);
    this.send = ((method: string, params?: object) =>
      connection.send(method, params, sessionId)) as CDPSession['send'];
    this.listen = this.on.bind(this) as unknown as CDPSession['on'];
  }
}

/**
 * Chrome's DevTools protocol over one WebSocket. The stand-in speaks it itself, as Playwright would cost each start
 * of the app a third of a second, and so that the test's own Playwright meets the pages as it does in Electron.
 */
export class CdpConnection {
  readonly browser: CdpSession;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = new CdpSession(this, undefined);
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as CdpMessage));
    socket.addEventListener('close', () => this.#closed());
  }

  /** Connects to the browser whose DevTools listen at `url` (`ws://…`). */
  static async open(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error(`No browser answers at ${url}.`)), {
        once: true,
      });
    });
    return new CdpConnection(socket);
  }

  /** A session of its own with the page `targetId`. */
  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1);
      this.#waiting.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: CdpMessage): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.result);
      else waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    } else if (message.method !== undefined) {
      const session = message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId);
      session?.emit(message.method, message.params);
    }
  }

  #closed(): void {
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new Error(`${waiting.method}: the browser is gone.`));
    }
    this.#waiting.clear();
    this.browser.emit('disconnected');
  }
}
