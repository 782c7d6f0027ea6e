// What passing a request on costs with Node and undici alone: the same client as the proxy's, and no look at anything.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

const pool = new Pool(process.env['PASS_TO'] ?? '', { connections: null });
const own = ['host', 'connection', 'keep-alive'];

function passedOn(rawHeaders: readonly string[]): string[] {
  const fields: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!own.includes(name.toLowerCase())) fields.push(name, value);
  }
  return fields;
}

const server = createServer((request, response) => {
  const { method = '', url: path = '', rawHeaders } = request;
  const body = request.headers['content-length'] === undefined ? null : request;
  pool.request({ method, path, headers: passedOn(rawHeaders), body, responseHeaders: 'raw' }).then(
    (answer) => {
      response.writeHead(answer.statusCode, passedOn(answer.headers as unknown as string[]));
      answer.body.pipe(response);
    },
    () => response.destroy(),
  );
});
process.on('SIGTERM', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
