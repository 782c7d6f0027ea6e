// `npm run demo`: the whole job with no account of one's own, in a temporary home that is removed at the end.
// Headless: the built-in auth service, an agent that signs in to it, and a local tool that calls its API.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { whenOrphaned } from './orphaned.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const user = { username: 'demo@example.com', password: 'correct horse' };
const orders = '/allocation/api/v1/tracking/order-list';
const onceOnly = process.argv.includes('--once');
const home = mkdtempSync(join(tmpdir(), 'token-tray-demo-'));
const children = [];
const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  whenOrphaned(resolve);
});

try {
  const service = await startAndWait('the built-in auth service', [
    'test/auth-service/main.ts',
    '--port',
    '0',
  ]);
  step(`The built-in auth service runs at ${service}.`);

  const agentArgs = ['agent', '--api', service, '--username', user.username, '--password-stdin'];
  const agent = await startAndWait('the agent', ['out/cli/token-tray.cjs', ...agentArgs], user.password);
  step(`The agent signed in once, as ${user.username}, and serves tools at ${agent}.`);

  const endpoint = JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8'));
  const asked = await fetch(`${endpoint.url}/v1/token`, {
    headers: { authorization: `Bearer ${endpoint.key}` },
  });
  const answer = await asked.json();
  step(
    `A local tool asked GET /v1/token: ${asked.status}, a token for ${answer.account} with ${answer.expires_in} s left.`,
  );

  const called = await fetch(service + orders, {
    headers: { authorization: `Bearer ${answer.access_token}` },
  });
  const list = await called.text();
  step(`With it, the tool called ${orders}: ${called.status}, ${list.length} bytes: ${list.slice(0, 60)}…`);

  const stats = await (await fetch(`${service}/__control/stats`)).json();
  step(`The service has seen ${stats.logins} login and ${stats.refreshes} refreshes.`);
  if (!asked.ok || !called.ok) process.exitCode = 1;
  if (!onceOnly) {
    step(`Try it yourself, in another terminal: npx --no-install token-tray token --home ${home}`);
    step('Ctrl-C ends it all.');
    await stopped;
  }
} catch (error) {
  process.stderr.write(`The demo could not go on: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await Promise.all(children.map(stop));
  rmSync(home, { recursive: true, force: true });
}
process.exit();

/** Starts a program of this project and answers the address of its `ready` line. */
async function startAndWait(name, args, input = '') {
  // A key in the person's key store would outlive the demo; this one ends with it.
  const env = { ...process.env, TOKEN_TRAY_HOME: home, TOKEN_TRAY_KEY_STORE: 'memory' };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  child.stdin.end(input);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with exit code ${code}. ${said.trim()}`);
  });
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('ready ')) return line.slice('ready '.length);
    }
    return exited;
  })();
  exited.catch(() => undefined);
  return Promise.race([ready, exited]);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function step(text) {
  process.stdout.write(`· ${text}\n`);
}
