import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ApiCall {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An API on 127.0.0.1 that keeps what it was asked, and answers as its test says. */
export class ApiServer implements AsyncDisposable {
  readonly calls: ApiCall[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `answer`: gets each request once its body has come; without, 200 and `done`. */
  static async start(
    answer: RequestListener = (_request, response) => response.end('done'),
  ): Promise<ApiServer> {
    const api: ApiServer = new ApiServer(
      createServer((request, response) => {
        void buffer(request).then(
          (body) => {
            api.#keep(request, body.toString('latin1'));
            answer(request, response);
          },
          () => undefined,
        );
      }),
    );
    await api.#listen();
    return api;
  }

  /** `serve`: gets each request as soon as its head has come, and reads its body itself. */
  static async streaming(serve: RequestListener): Promise<ApiServer> {
    const api = new ApiServer(createServer(serve));
    await api.#listen();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many calls came with this token. */
  callsWith(token: string): number {
    return this.calls.filter(({ headers }) => headers.authorization === `Bearer ${token}`).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  #keep({ method = '', url = '', rawHeaders, headers }: IncomingMessage, body: string): void {
    this.calls.push({ method, target: url, rawHeaders, headers, body });
  }
}
