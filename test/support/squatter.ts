import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Another program that holds a port of 127.0.0.1. */
export class Squatter implements AsyncDisposable {
  readonly #server: Server;
  readonly port: number;
  /** How many connections it got. */
  visits = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
    server.on('connection', () => (this.visits += 1));
  }

  static async start(): Promise<Squatter> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Squatter(server, (server.address() as AddressInfo).port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
