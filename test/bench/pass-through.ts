// What passing a request on costs with Node alone: the same client as the proxy's, and no check of anything.
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const to = new URL(process.env['PASS_TO'] ?? '');
const agent = new Agent({ keepAlive: true });
const own = ['host', 'connection', 'keep-alive'];

function passedOn(rawHeaders: readonly string[]): string[] {
  const fields: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!own.includes(name.toLowerCase())) fields.push(name, value);
  }
  return fields;
}

const server = createServer((incoming, response) => {
  const { method = '', url: path = '', rawHeaders } = incoming;
  const headers = ['Host', to.host, ...passedOn(rawHeaders)];
  const sent = request({ agent, host: to.hostname, port: to.port, method, path, headers });
  sent.on('error', () => response.destroy());
  sent.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 0, passedOn(answer.rawHeaders));
    answer.pipe(response);
  });
  if (incoming.headers['content-length'] === undefined) sent.end();
  else incoming.pipe(sent);
});
process.on('SIGTERM', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
