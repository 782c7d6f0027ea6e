import { createServer as createHttpServer } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { listenLoopback } from '../../electron/endpoint/listening.ts';
import { Squatter } from '../support/squatter.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe('the port', () => {
  it('P01 that was set and is taken is refused in so many words', async () => {
    await using squatter = await Squatter.start();
    await expect(TestEndpoint.start({ port: squatter.port })).rejects.toThrow('port_taken');
  });

  it('P01 by default is given up for a free one where it is taken, by binding, not by probing', async () => {
    await using squatter = await Squatter.start();
    const server = createHttpServer();
    const bound = await listenLoopback(server, { port: null, defaultPort: squatter.port });
    expect(bound).toMatchObject({ ok: true });
    expect(server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
    expect(bound.ok && bound.value).not.toBe(squatter.port);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('P06 taking the port', () => {
  it('is one call that binds it: nothing is tried beforehand, let go and taken again', async () => {
    const server = createHttpServer();
    const listen = vi.spyOn(server, 'listen');
    const close = vi.spyOn(server, 'close');
    expect(await listenLoopback(server, { port: null, defaultPort: 0 })).toMatchObject({ ok: true });
    expect(listen).toHaveBeenCalledTimes(1);
    expect(close).not.toHaveBeenCalled();
    await new Promise((resolve) => server.close(resolve));
  });

  it('asks nobody who holds it already', async () => {
    await using squatter = await Squatter.start();
    const server = createHttpServer();
    const listen = vi.spyOn(server, 'listen');
    await listenLoopback(server, { port: null, defaultPort: squatter.port });
    expect(listen).toHaveBeenCalledTimes(2);
    expect(squatter.visits).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('of two that want the same at the same moment gives it to one', async () => {
    const { port } = await freed();
    const servers = [createHttpServer(), createHttpServer()];
    const bound = await Promise.all(
      servers.map((server) => listenLoopback(server, { port, defaultPort: 0 })),
    );
    expect(bound.filter(({ ok }) => ok)).toHaveLength(1);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });
});

/** A port that was free a moment ago. */
async function freed(): Promise<{ readonly port: number }> {
  await using squatter = await Squatter.start();
  return { port: squatter.port };
}
