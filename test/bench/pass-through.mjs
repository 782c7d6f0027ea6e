// What passing a request on costs with Node and undici alone: the same client as the proxy's, and no look at anything.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.env.PASS_TO, { connections: null });

const server = createServer((request, response) => {
  const { method, url, rawHeaders } = request;
  const headers = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!/^(host|connection)$/i.test(rawHeaders[at])) headers.push(rawHeaders[at], rawHeaders[at + 1]);
  }
  const body = request.headers['content-length'] === undefined ? null : request;
  pool
    .request({ method, path: url, headers, body, responseHeaders: 'raw' })
    .then((answer) => {
      response.writeHead(
        answer.statusCode,
        answer.headers.filter((_, at, all) => !/^(connection|keep-alive)$/i.test(all[at - (at % 2)])),
      );
      answer.body.pipe(response);
    })
    .catch(() => response.destroy());
});
process.on('SIGTERM', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`);
});
