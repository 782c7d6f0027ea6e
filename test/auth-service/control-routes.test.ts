import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { loginPath } from './routes.ts';
import { TestClient, containing } from './test-client.ts';

const done = { status: 200, body: { status: true } };

describe('the control routes', () => {
  test('show the six figures', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    await client.refresh(refresh);
    const reply = await client.request('/__control/stats');
    expect(reply.body).toEqual({
      logins: 1,
      refreshes: 1,
      rejectedLogins: 0,
      rejectedRefreshes: 0,
      suspended: 0,
      concurrentPeak: 1,
    });
    expect(service.stats()).toEqual(reply.body);
  });

  test('take a fault with every field, and need no content type', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const fault = {
      path: loginPath,
      times: 1,
      status: 418,
      delayMs: 0,
      dropAfterProcessing: false,
      body: { any: ['JSON', null] },
      headers: { 'x-fault': 'yes' },
    };
    const init = { method: 'POST', body: Buffer.from(JSON.stringify(fault)) };
    expect(await client.request('/__control/fault', init)).toMatchObject(done);
    const reply = await client.loginByBasic();
    expect(reply).toMatchObject({ status: 418, body: fault.body });
    expect(reply.headers.get('x-fault')).toBe('yes');
  });

  test.each([
    ['access', 401, 200],
    ['refresh', 200, 401],
    ['all', 401, 401],
  ])('expire %s: those issued so far are refused, later ones are not', async (what, access, refresh) => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const issued = await client.tokens();
    expect(await client.postJson('/__control/expire', { what })).toMatchObject(done);
    expect(await client.orderList(issued.access)).toMatchObject({ status: access });
    expect(await client.refresh(issued.refresh)).toMatchObject({ status: refresh });
    const later = await client.tokens();
    expect(await client.orderList(later.access)).toMatchObject({ status: 200 });
    expect(await client.refresh(later.refresh)).toMatchObject({ status: 200 });
  });

  test('reset: sessions, figures and faults are gone', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { access, refresh } = await client.tokens();
    service.fault({ path: loginPath, times: 1, status: 500 });
    expect(await client.request('/__control/reset', { method: 'POST' })).toMatchObject(done);
    expect(service.received(loginPath)).toBe(0);
    expect(Object.values(service.stats())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await client.orderList(access)).toMatchObject({ status: 401 });
    expect(await client.refresh(refresh)).toMatchObject({ status: 401 });
    expect(await client.loginByBasic()).toMatchObject({ status: 200 });
  });
});

describe('a control request that makes no sense', () => {
  test.each([
    [{ times: 1, status: 500 }, 'path'],
    [{ path: loginPath, status: 500 }, 'times'],
    [{ path: 'auth', times: 1, status: 500 }, 'path'],
    [{ path: `${loginPath}?a=b`, times: 1, status: 500 }, 'path'],
    [{ path: '/__control/stats', times: 1, status: 500 }, 'path'],
    [{ path: loginPath, times: 0, status: 500 }, 'times'],
    [{ path: loginPath, times: 1.5, status: 500 }, 'times'],
    [{ path: loginPath, times: '1', status: 500 }, 'times'],
    [{ path: loginPath, times: 1, status: 101 }, 'status'],
    [{ path: loginPath, times: 1, status: 600 }, 'status'],
    [{ path: loginPath, times: 1, delayMs: -1 }, 'delayMs'],
    [{ path: loginPath, times: 1, delayMs: 2 ** 31 }, 'delayMs'],
    [{ path: loginPath, times: 1, dropAfterProcessing: 'yes' }, 'dropAfterProcessing'],
    [{ path: loginPath, times: 1, headers: { 'not a name': 'x' } }, 'headers'],
    [{ path: loginPath, times: 1, headers: { name: 'two\r\nlines' } }, 'headers'],
    [{ path: loginPath, times: 1, headers: { name: 1 } }, 'headers'],
    [{ path: loginPath, times: 1, delay: 5 }, 'delay'],
    [{ path: loginPath, times: 1 }, 'something that goes wrong'],
  ])('as the fault %j is 400, and says what was wrong', async (fault, named) => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const reply = await client.postJson('/__control/fault', fault);
    expect(reply).toMatchObject({
      status: 400,
      body: { status: false, detail: containing(named) },
    });
    expect(await client.loginByBasic()).toMatchObject({ status: 200 });
  });

  test('in-process throws', async () => {
    await using service = await startAuthService();
    expect(() => service.fault({ path: 'login', times: 1, status: 500 })).toThrow('begins with /');
  });

  test.each([
    ['/__control/expire', {}],
    ['/__control/expire', { what: 'everything' }],
    ['/__control/expire', { what: 'all', now: true }],
    ['/__control/reset', { what: 'all' }],
  ])('to %s with %j is 400', async (path, value) => {
    await using service = await startAuthService();
    expect(await new TestClient(service).postJson(path, value)).toMatchObject({
      status: 400,
      body: { status: false },
    });
  });

  test.each([
    ['POST', '/__control/stats', 'GET'],
    ['GET', '/__control/fault', 'POST'],
    ['PUT', '/__control/expire', 'POST'],
    ['DELETE', '/__control/reset', 'POST'],
  ])('by %s to %s is 405', async (method, path, allowed) => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).request(path, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe(allowed);
  });
});
