import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A folder's files at an address of their own on this computer, with no header but their type. */
export class StaticSite implements AsyncDisposable {
  readonly #server: Server;
  /** What is served besides the folder's files: path to text. */
  readonly extra = new Map<string, string>();
  /** The paths that were asked for, whoever asked. */
  readonly asked: string[] = [];

  private constructor(folder: string) {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
      const path = pathname === '/' ? '/index.html' : pathname;
      this.asked.push(path);
      const given = this.extra.get(path);
      const content = given === undefined ? readFile(join(folder, path)) : Promise.resolve(given);
      content.then(
        (body) => response.setHeader('Content-Type', types[extname(path)] ?? 'text/plain').end(body),
        () => response.writeHead(404).end(),
      );
    });
  }

  static async of(folder: string): Promise<StaticSite> {
    const site = new StaticSite(folder);
    await new Promise<void>((listening) => site.#server.listen(0, '127.0.0.1', listening));
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
