// The last step of the build: one call of `token-tray token`, so that V8's compile cache beside the program holds what
// such a call runs. Node writes a file's cache once, with what was compiled by then: were the agent the first to run,
// each later call would compile its own part again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireOwnerLock } from '../electron/adapters/owner-lock.ts';

const program = fileURLToPath(new URL('../out/cli/token-tray.cjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'token-tray-build-'));
const answer = JSON.stringify({ access_token: 'none', token_type: 'Bearer', expires_in: 60 });
// Without a socket, as on Windows, a call asks only the process that owns the home.
const lock = await acquireOwnerLock(home, { wallNow: () => Date.now() });
const server = createServer((_request, response) => response.end(answer)).listen(0, '127.0.0.1');
try {
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const endpoint = { version: 1, pid: process.pid, url, socket: null, key: 'none' };
  writeFileSync(join(home, 'endpoint.json'), JSON.stringify(endpoint));
  const child = spawn(process.execPath, [program, 'token', '--home', home], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  // Without the cache calls are slower and do the same: no reason for a build to fail.
  if (code !== 0) process.stderr.write('The compile cache could not be filled; calls will be slower.\n');
} finally {
  server.close();
  if (lock.ok) await lock.value.release();
  rmSync(home, { recursive: true, force: true });
}
