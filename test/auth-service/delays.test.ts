import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { loginPath, orderListPath, refreshPath } from './routes.ts';
import { HeldDelays, TestClient, rawRefresh } from './test-client.ts';

describe('a fault that delays', () => {
  test('waits before processing', async () => {
    const delays = new HeldDelays();
    await using service = await startAuthService({ wait: delays.wait });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 1, delayMs: 20_000 });
    const reply = client.refresh(refresh);
    await vi.waitFor(() => expect(delays.asked).toEqual([20_000]));
    expect(service.stats()).toMatchObject({ refreshes: 0 });
    delays.release();
    expect(await reply).toMatchObject({ status: 200 });
    expect(service.stats()).toMatchObject({ refreshes: 1 });
  });

  test('shows how many logins and refreshes are in progress at once, and no other request', async () => {
    const delays = new HeldDelays();
    await using service = await startAuthService({ wait: delays.wait });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    for (const path of [loginPath, refreshPath, orderListPath]) service.fault({ path, times: 2, delayMs: 1 });
    const replies = [
      client.loginByBasic(),
      client.loginByBasic(),
      client.refresh(refresh),
      client.orderList('x'),
    ];
    await vi.waitFor(() => expect(delays.asked).toHaveLength(4));
    expect(service.stats().concurrentPeak).toBe(3);
    delays.release();
    await Promise.all(replies);
    await client.loginByBasic();
    expect(service.stats().concurrentPeak).toBe(3);
    service.reset();
    await client.loginByBasic();
    expect(service.stats().concurrentPeak).toBe(1);
  });

  test('processes all the same for a client that has gone away meanwhile', async () => {
    const delays = new HeldDelays();
    await using service = await startAuthService({ wait: delays.wait });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 1, delayMs: 1 });
    const socket = rawRefresh(service, refresh);
    await vi.waitFor(() => expect(delays.asked).toHaveLength(1));
    socket.destroy();
    await once(socket, 'close');
    delays.release();
    await vi.waitFor(() => expect(service.stats().refreshes).toBe(1));
    expect(await client.refresh(refresh)).toMatchObject({ status: 401 });
  });

  test('does not keep the service from closing', async () => {
    const service = await startAuthService();
    service.fault({ path: loginPath, times: 1, delayMs: 3_600_000 });
    const reply = new TestClient(service).loginByBasic();
    reply.catch(() => undefined);
    await vi.waitFor(() => expect(service.received(loginPath)).toBe(1));
    await service.close();
    await expect(reply).rejects.toThrow('fetch failed');
    await service.close();
  });
});
