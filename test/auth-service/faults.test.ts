import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { loginPath, orderListPath, refreshPath } from './routes.ts';
import { HeldDelays, TestClient, anyString, rawRefresh } from './test-client.ts';

describe('a fault that answers instead', () => {
  test('does so as often as it says, on its path alone, and nothing is processed', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 2, status: 503 });
    expect(await client.loginByBasic()).toMatchObject({ status: 200 });
    const unavailable = { status: 503, body: { status: false, detail: 'Service Unavailable' } };
    expect(await client.refresh(refresh)).toMatchObject(unavailable);
    expect(await client.refresh(refresh)).toMatchObject(unavailable);
    expect(service.stats()).toMatchObject({ refreshes: 0, rejectedRefreshes: 0 });
    expect(await client.refresh(refresh)).toMatchObject({ status: 200 });
  });

  test('sends a string as it is, a JSON value as JSON, and the headers given', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    service.fault({ path: loginPath, times: 1, body: '<html>', headers: { 'Content-Type': 'text/html' } });
    service.fault({ path: loginPath, times: 1, status: 429, body: '', headers: { 'Retry-After': '120' } });
    service.fault({ path: loginPath, times: 1, body: { status: false, error: 'TOO_MANY_ATTEMPTS' } });
    service.fault({ path: loginPath, times: 1, body: null });
    const [html, tooMany, json, nothing] = [
      await client.loginByBasic(),
      await client.loginByBasic(),
      await client.loginByBasic(),
      await client.loginByBasic(),
    ];
    expect(html).toMatchObject({ status: 200, text: '<html>' });
    expect(html.headers.get('content-type')).toBe('text/html');
    expect(tooMany).toMatchObject({ status: 429, text: '' });
    expect(tooMany.headers.get('retry-after')).toBe('120');
    expect(json).toMatchObject({ status: 200, body: { status: false, error: 'TOO_MANY_ATTEMPTS' } });
    expect(json.headers.get('content-type')).toBe('application/json');
    expect(nothing).toMatchObject({ status: 200, text: 'null' });
  });

  test('redirects, and answers a path that is otherwise unknown', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    service.fault({ path: loginPath, times: 1, status: 307, headers: { location: '/elsewhere' } });
    service.fault({ path: '/elsewhere', times: 1, body: { found: true } });
    expect(await client.request(loginPath, { method: 'POST' })).toMatchObject({
      status: 200,
      body: { found: true },
    });
  });

  test('is looked up without the query', async () => {
    await using service = await startAuthService();
    service.fault({ path: orderListPath, times: 1, status: 500 });
    expect(await new TestClient(service).request(`${orderListPath}?page=2`)).toMatchObject({ status: 500 });
  });
});

describe('a fault of headers alone', () => {
  test('lays them over the true answer', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const date = 'Mon, 23 Nov 2026 09:00:00 GMT';
    service.fault({ path: loginPath, times: 1, headers: { Date: date } });
    const reply = await client.loginByBasic();
    expect(reply.headers.get('date')).toBe(date);
    expect(reply.body).toEqual({ access: anyString, refresh: anyString });
  });
});

describe('a fault that drops after processing', () => {
  test('commits the rotation, and lets not one byte of the answer out', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
    expect(await text(rawRefresh(service, refresh))).toBe('');
    expect(service.stats()).toMatchObject({ refreshes: 1 });
    expect(service.received(refreshPath)).toBe(1);
    expect(await client.refresh(refresh)).toMatchObject({ status: 401 });
  });

  test('waits before that where it also delays', async () => {
    const delays = new HeldDelays();
    await using service = await startAuthService({ wait: delays.wait });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 1, delayMs: 5, dropAfterProcessing: true });
    const answer = text(rawRefresh(service, refresh));
    await vi.waitFor(() => expect(delays.asked).toEqual([5]));
    expect(service.stats()).toMatchObject({ refreshes: 0, concurrentPeak: 1 });
    delays.release();
    expect(await answer).toBe('');
    expect(service.stats()).toMatchObject({ refreshes: 1 });
  });

  test('with a status loses the request instead, so that it can be sent again', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    service.fault({ path: refreshPath, times: 1, status: 500, dropAfterProcessing: true });
    await expect(client.refresh(refresh)).rejects.toThrow('fetch failed');
    expect(await client.refresh(refresh)).toMatchObject({ status: 200 });
  });
});

describe('a request that is cut off by its client', () => {
  test('is received, and not processed', async () => {
    await using service = await startAuthService();
    const socket = connect(service.port, '127.0.0.1');
    socket.write(
      `POST ${loginPath} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    );
    await vi.waitFor(() => expect(service.received(loginPath)).toBe(1));
    socket.destroy();
    await once(socket, 'close');
    expect(await new TestClient(service).loginByBasic()).toMatchObject({ status: 200 });
    expect(service.stats()).toMatchObject({ logins: 1, rejectedLogins: 0 });
  });
});
