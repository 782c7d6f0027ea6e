import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doctorOn } from '../support/doctor-call.ts';
import { canLaunchApp, launchApp } from '../support/launch-app.ts';
import { httpAnswer, RawServer, type OnRequest, type TlsIdentity } from '../support/raw-server.ts';
import { expired, makeAuthority, makeIdentity, notYetValid } from '../support/test-certificate.ts';
import { AgentProcess } from '../support/token-tray-process.ts';
import { ask } from '../support/tray-person.ts';

const known = makeAuthority('Known from the start');
const added = makeAuthority('Added at run time');
const stranger = makeAuthority('Never added');
const answer: OnRequest = (socket, text) =>
  socket.write(
    text.startsWith('POST')
      ? httpAnswer(200, '{"access":"a-1","refresh":"r-1"}')
      : httpAnswer(200, 'orders', { date: new Date().toUTCString() }),
  );
const serve = (identity: TlsIdentity) => RawServer.start(answer, identity);
const here = ['127.0.0.1'];

/** The stores of the program that runs alone: a file and an empty folder, and never those of this computer. */
async function ownStores() {
  const folder = await mkdtemp(join(tmpdir(), 'token-tray-'));
  const file = join(folder, 'authorities.pem');
  await mkdir(join(folder, 'none'));
  const trust = (...authorities: readonly { certificate: string }[]) =>
    writeFile(file, authorities.map(({ certificate }) => certificate).join(''));
  const env = { SSL_CERT_FILE: file, SSL_CERT_DIR: join(folder, 'none'), TOKEN_TRAY_KEY_STORE: 'memory' };
  return { folder, env, trust };
}

type Asking = (path: string, init: RequestInit) => Promise<Response>;

async function signIn(asking: Asking, server: RawServer, username: string) {
  const answered = await asking('/v1/login', {
    method: 'POST',
    body: JSON.stringify({ username, password: 'hunter2', api: `https://127.0.0.1:${server.port}` }),
  });
  return [answered.status, (await answered.json()) as Readonly<Record<string, unknown>>] as const;
}

/** The built agent, which signed in `anna` at a server whose authority it knew at its start. */
async function signedIn(settings: object = {}) {
  await using made = new AsyncDisposableStack();
  const { folder, env, trust } = await ownStores();
  made.defer(() => rm(folder, { recursive: true }));
  await trust(known);
  const first = made.use(await serve(makeIdentity(known, here)));
  const home = join(folder, 'home');
  await mkdir(home, { mode: 0o700 });
  await writeFile(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  const agent = made.use(await AgentProcess.start({ home, env }));
  const asking: Asking = (path, init) => agent.fetch(path, init);
  expect(await signIn(asking, first, 'anna')).toMatchObject([200, { account: 'anna' }]);
  const parts = made.move();
  return { trust, first, agent, asking, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

describe('an authority that is added while the program runs', () => {
  it('N9 N8 is trusted by the built agent for the sign-in that was refused; by its clock it says why others are', async () => {
    await using scene = await signedIn();
    const { agent, asking, first, trust } = scene;
    await trust(known, added);
    await using second = await serve(makeIdentity(added, here));
    expect(await signIn(asking, second, 'bea')).toMatchObject([200, { account: 'bea' }]);
    // The refused connection carried nothing.
    expect([second.requests.length, second.connections]).toEqual([1, 2]);

    // This terminal trusts neither; what counts is how the agent reaches them.
    const report = await doctorOn(agent.home);
    const reached = report.findings.filter(({ code }) => code === 'service_reached');
    expect(reached.map(({ host }) => host)).toEqual([first, second].map(({ port }) => `127.0.0.1:${port}`));
    expect(report.of('certificates_good')).toMatchObject({ count: 2 });
    expect(report.findings.filter(({ code }) => code === 'service_unreachable')).toEqual([]);

    for (const [identity, reason, words] of [
      [makeIdentity(known, here, expired), 'clock', 'has expired'],
      [makeIdentity(known, here, notYetValid), 'clock', 'is not valid yet'],
      [makeIdentity(stranger, here), 'certificate', 'is not trusted'],
    ] as const) {
      await using server = await serve(identity);
      const [status, problem] = await signIn(asking, server, 'eve');
      expect([status, problem]).toMatchObject([503, { code: 'offline', reason }]);
      expect(problem['detail']).toContain(words);
      if (reason === 'clock') expect(problem['detail']).toContain(String(new Date().getFullYear()));
      expect(server.bytes).toBe('');
    }
  });

  it('N9 is trusted by the built agent for the proxied request that was refused', async () => {
    await using orders = await serve(makeIdentity(added, here));
    await using scene = await signedIn({ furtherHosts: { orders: `https://127.0.0.1:${orders.port}` } });
    await scene.trust(known, added);
    const init = { method: 'POST', body: 'x'.repeat(200_000) };
    const passed = await scene.agent.fetch('/proxy/@orders/list', init);
    expect([passed.status, orders.requests.length, orders.connections]).toEqual([200, 1, 2]);
  });

  it.runIf(canLaunchApp)(
    'N9 is trusted by the built app, which reads it in a process of its own',
    async () => {
      const { folder, env, trust } = await ownStores();
      onTestFinished(() => rm(folder, { recursive: true }));
      await trust(known);
      await using first = await serve(makeIdentity(known, here));
      await using app = await launchApp({ env, args: ['--port', '0', '--hidden'] });
      await expect
        .poll(() => existsSync(join(app.folders.home, 'endpoint.json')), { timeout: 20_000 })
        .toBe(true);
      const asking: Asking = (path, init) => ask(app, path, init);
      expect(await signIn(asking, first, 'anna')).toMatchObject([200, { account: 'anna' }]);

      await trust(known, added);
      await using second = await serve(makeIdentity(added, here));
      expect(await signIn(asking, second, 'bea')).toMatchObject([200, { account: 'bea' }]);
    },
  );
});
