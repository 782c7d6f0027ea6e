import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const page = readFileSync(join(import.meta.dirname, 'hostile-page.html'), 'utf8');

/** The page's service worker: fetches what it is told to, away from the page. */
const worker = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data, ports: [port] }) =>
  fetch(data.url, data.init)
    .then(async (response) => port.postMessage(response.type + ' ' + response.status + ' ' + (await response.text())))
    .catch(() => port.postMessage('failed')));
`;

/** What a page on it can learn of an address that has no doors. */
export const doorlessText = 'a-token-behind-no-door';

/** The script of the page, to be run in another document. */
export const hostileScript = page.slice(page.indexOf('<script>') + 8, page.indexOf('</script>'));

/** An attacker’s site, which at every other path is an address without doors: it answers any page. */
export class HostileSite implements AsyncDisposable {
  /** By which ways it was asked, as the page marks them. */
  readonly ways = new Set<string>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HostileSite> {
    const server = createServer();
    const site = new HostileSite(server);
    server.on('request', (request, response) => site.#answer(request, response));
    server.on('upgrade', (request, socket) => {
      site.#note(request);
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.#note(request);
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(page);
    else if (request.url === '/worker.js') response.setHeader('content-type', 'text/javascript').end(worker);
    else {
      const origin = request.headers.origin ?? '*';
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'authorization');
      response.setHeader('content-type', 'text/plain').end(doorlessText);
    }
  }

  #note({ url = '' }: IncomingMessage): void {
    const way = new URL(url, 'http://127.0.0.1').searchParams.get('way');
    if (way !== null) this.ways.add(way);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
