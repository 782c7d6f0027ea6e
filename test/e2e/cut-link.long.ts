import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderListPath, refreshPath } from '../auth-service/routes.ts';
import { privateHost, startPrivateService, type PrivateService } from '../support/private-service.ts';
import { ProxyServer } from '../support/proxy-server.ts';
import { SlowLink, canMakeLinks } from '../support/slow-link.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, type CallResult } from '../support/token-tray-process.ts';

let link: SlowLink;
let service: PrivateService;
/** Runs when a client has said hello: its handshake goes on to its end, and the request that follows is lost. */
let onHello: () => Promise<void> = () => Promise.resolve();

async function signedInAgent(more: Readonly<Record<string, string>> = {}) {
  const home = await temporaryHome();
  service.service.reset();
  const env = {
    ...service.trust(home),
    TOKEN_TRAY_API: `https://${privateHost}:${service.port}`,
    TOKEN_TRAY_KEY_STORE: 'memory',
    ...more,
  };
  const through = link.through(home, [`${link.address} ${privateHost}`]);
  const args = ['--username', 'demo@example.com'];
  const agent = await AgentProcess.start({ home, args, password: 'correct horse', env, through });
  /** Heals the link, and waits until the agent's system has delivered what it still has. */
  const heal = async () => {
    await link.heal();
    await expect.poll(() => link.connections(), { timeout: 60_000 }).toEqual([]);
    // What was delivered has reached the service before this.
    const doctor = await call(['doctor', '--json', '--home', home], '', env, through);
    expect(doctor.stdout).toContain('"code":"service_reached"');
  };
  return { home, agent, heal };
}

/** Cuts what leaves the agent in the middle of the next handshake. */
function cutAfterHello(): Promise<void> {
  return new Promise((resolve) => {
    onHello = async () => {
      onHello = () => Promise.resolve();
      await link.cut('out');
      resolve();
    };
  });
}

describe.skipIf(!canMakeLinks)('with the link cut during a request, and healed after it was given up', () => {
  beforeAll(async () => {
    link = await SlowLink.start(5);
    service = await startPrivateService(
      { address: link.address },
      { SNICallback: (_name, done) => void onHello().then(() => done(null)) },
    );
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await link[Symbol.asyncDispose]();
  });

  it.each(['directly', 'through a proxy'])('N3 the service gets nothing of a renewal, %s', async (way) => {
    await using proxy = await ProxyServer.http({ port: service.port, address: link.address });
    const env = way === 'directly' ? {} : { https_proxy: proxy.url };
    const { home, agent, heal } = await signedInAgent(env);
    await using stack = new AsyncDisposableStack();
    stack.use(agent);
    const { renewing, cut } = renewal(home);
    await cut;
    const answer = await renewing;
    expect(answer.exitCode).not.toBe(0);
    await heal();
    expect(service.service.received(refreshPath)).toBe(0);
  });

  it('N3 the service gets nothing of a renewal during which the agent is ended', async () => {
    const { home, agent, heal } = await signedInAgent();
    const { renewing, cut } = renewal(home);
    await cut;
    // The request is written when the handshake is over.
    await expect.poll(() => link.connections().some(({ unsentBytes }) => unsentBytes > 300)).toBe(true);
    expect(await agent.end('SIGTERM')).toBe(0);
    await renewing;
    await heal();
    expect(service.service.received(refreshPath)).toBe(0);
  });

  it('N3 the API gets nothing of a proxied request whose caller has left', async () => {
    const { agent, heal } = await signedInAgent();
    await using stack = new AsyncDisposableStack();
    stack.use(agent);
    const { socket, key } = agent.endpoint();
    const asked = (method: string) => {
      const headers = { authorization: `Bearer ${key}` };
      return request({ socketPath: socket ?? '', path: `/proxy${orderListPath}`, method, headers });
    };
    const first = asked('GET').end();
    const [answer] = (await once(first, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');
    expect(service.service.received(orderListPath)).toBe(1);

    await link.cut();
    const second = asked('POST').on('error', () => undefined);
    second.end('an order');
    await expect.poll(() => link.connections().some(({ unsentBytes }) => unsentBytes > 0)).toBe(true);
    second.destroy();
    await heal();
    expect(service.service.received(orderListPath)).toBe(1);
  });
});

/** A renewal, and when its request can no longer arrive. */
function renewal(home: string): { readonly renewing: Promise<CallResult>; readonly cut: Promise<void> } {
  const cut = cutAfterHello();
  const renewing = call(['token', '--home', home]).then(({ stdout }) =>
    call(['renew', '--rejected-stdin', '--home', home], stdout),
  );
  return { renewing, cut };
}
