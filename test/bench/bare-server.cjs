'use strict';
// What an answer costs with Node alone: writes the same bytes to whoever comes, and looks at nothing.
const { createServer } = process.getBuiltinModule('node:http');

const { headers, body, socket } = JSON.parse(process.env.BARE_ANSWER);

function listener(request, response) {
  response.sendDate = false;
  response.writeHead(200, headers);
  response.end(body);
}

const tcp = createServer(listener);
const unix = createServer(listener);
// The one setting that shows in the bytes: `Keep-Alive: timeout=5, max=1000`.
for (const server of [tcp, unix]) server.maxRequestsPerSocket = 1000;
process.on('SIGTERM', () => process.exit());
unix.listen(socket, () => {
  tcp.listen(0, '127.0.0.1', () => {
    process.stdout.write(`ready http://127.0.0.1:${tcp.address().port}\n`);
  });
});
