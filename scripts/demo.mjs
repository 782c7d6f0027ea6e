// `npm run demo`: the whole job with no account of one's own, in a temporary home that is removed at the end: the
// built-in auth service, then the tray app (on a desktop) or an agent that signs in to it, and a local tool that
// calls the service's API. `--headless`: the agent in any case. `--once`: the agent, and the end when all is shown.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readyAddress, startProgram, stopPrograms } from './demo-programs.mjs';
import { findElectron } from './electron-binary.mjs';
import { electronEnvironment } from './electron-environment.mjs';
import { whenOrphaned } from './orphaned.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const user = { username: 'demo@example.com', password: 'correct horse' };
const orders = '/allocation/api/v1/tracking/order-list';
const onceOnly = process.argv.includes('--once');
const headless = onceOnly || process.argv.includes('--headless');
const home = mkdtempSync(join(tmpdir(), 'token-tray-demo-'));
// A key in the person's key store would outlive the demo; the session in memory ends with it.
const env = { ...process.env, TOKEN_TRAY_HOME: home, TOKEN_TRAY_KEY_STORE: 'memory' };
const stopped = new Promise((resolve) => {
  const stop = () => resolve('stopped');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  whenOrphaned(stop);
});

try {
  await Promise.race([show(), stopped]);
} catch (error) {
  process.stderr.write(`The demo could not go on: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await stopPrograms();
  rmSync(home, { recursive: true, force: true });
}
process.exit();

async function show() {
  const service = await startService();
  const electron = headless ? {} : findElectron();
  if (electron.reason !== undefined) step(`${electron.reason} The headless agent signs in instead.`);
  const owner = electron.path ? await startTrayApp(electron.path, service) : await startAgent(service);
  const status = await useAsTool(service);
  const stats = await (await fetch(`${service}/__control/stats`)).json();
  step(`The service has seen ${stats.logins} login and ${stats.refreshes} refreshes.`);
  if (status !== 200) process.exitCode = 1;
  if (onceOnly) return;
  step(`Try it yourself, in another terminal: npx --no-install token-tray token --home ${home}`);
  step('Ctrl-C ends it all.');
  await owner.exited.catch(() => step('Token Tray has ended.'));
}

async function startService() {
  const program = startProgram(
    'The built-in auth service',
    process.execPath,
    ['test/auth-service/main.ts', '--port', '0'],
    { env },
  );
  const service = await readyAddress(program);
  step(`The built-in auth service runs at ${service}.`);
  return service;
}

async function startAgent(service) {
  const args = ['agent', '--api', service, '--username', user.username, '--password-stdin'];
  const program = startProgram('The agent', process.execPath, ['out/cli/token-tray.cjs', ...args], {
    env,
    input: user.password,
  });
  const address = await readyAddress(program);
  step(`The agent signed in once, as ${user.username}, and serves tools at ${address}.`);
  return program;
}

/** The tray app with address and email filled in; a person types the password. */
async function startTrayApp(electron, service) {
  const program = startProgram('The tray app', electron, [root, '--username', user.username], {
    env: { ...electronEnvironment(env), TOKEN_TRAY_API: service },
  });
  step(`The tray app has opened its window. Sign in there: the password is  ${user.password}`);
  await Promise.race([signedIn(), program.exited]);
  step(`You signed in once, as ${user.username}, and the app serves tools at ${endpoint().url}.`);
  return program;
}

async function signedIn() {
  for (;;) {
    if (existsSync(join(home, 'endpoint.json'))) {
      const status = await ask('/v1/status')
        .then((answer) => answer.json())
        .catch(() => null);
      if (status?.state === 'active') return;
    }
    await delay(200);
  }
}

/** What a local tool does, step by step. Answers the status of the API's own answer. */
async function useAsTool(service) {
  const asked = await ask('/v1/token');
  const answer = await asked.json();
  step(
    `A local tool asked GET /v1/token: ${asked.status}, a token for ${answer.account} with ${answer.expires_in} s left.`,
  );
  const called = await fetch(service + orders, {
    headers: { authorization: `Bearer ${answer.access_token}` },
  });
  const list = await called.text();
  step(`With it, the tool called ${orders}: ${called.status}, ${list.length} bytes: ${list.slice(0, 60)}…`);
  return called.status;
}

function endpoint() {
  return JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8'));
}

function ask(path) {
  const { url, key } = endpoint();
  return fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
}

function step(text) {
  process.stdout.write(`· ${text}\n`);
}
