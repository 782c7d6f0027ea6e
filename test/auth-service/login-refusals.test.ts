import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { bodyLimit } from './received-request.ts';
import { loginPath } from './routes.ts';
import { TestClient, anyString, containing } from './test-client.ts';

const demo = { email: 'demo@example.com', password: 'correct horse' };
const basic = (bytes: Uint8Array | string) => `Basic ${Buffer.from(bytes).toString('base64')}`;

describe('a login that is refused', () => {
  test.each(['demo@example.com:wrong', 'nobody@example.com:correct horse', 'Demo@example.com:correct horse'])(
    'for %s is 401, in words that fit no other trouble',
    async (userPass) => {
      await using service = await startAuthService();
      const reply = await new TestClient(service).loginByBasic(userPass);
      expect(reply.status).toBe(401);
      expect(reply.body).toEqual({ status: false, detail: 'Wrong username or password' });
    },
  );

  test('is counted, and generates nothing', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    await client.loginByBasic('demo@example.com:wrong');
    await client.postJson(loginPath, { email: demo.email });
    expect(service.stats()).toMatchObject({ logins: 0, rejectedLogins: 2 });
  });

  test('says nothing of the password that was sent', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const replies = [
      await client.loginByBasic('demo@example.com:hunter22'),
      await client.postJson(loginPath, { email: 1, password: 'hunter22' }),
      await client.request(loginPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"password":"hunter22"',
      }),
    ];
    for (const { text } of replies) expect(text).not.toContain('hunter22');
  });

  test.each<[string, string]>([
    ['no base64', 'Basic demo@example.com:correct horse'],
    ['base64 without its padding', basic('demo@example.com:wrong').replace(/=+$/, '')],
    ['base64url', basic(Buffer.from('demo@example.com:~~~???')).replaceAll('/', '_').replaceAll('+', '-')],
    ['Latin-1 instead of UTF-8', basic(Buffer.from('demo@example.com:é', 'latin1'))],
    ['no colon', basic('demo@example.com')],
    ['no username', basic(':correct horse')],
    ['an empty password', basic('demo@example.com:')],
    ['a control character', basic('demo@example.com:correct\thorse')],
    ['no credentials', 'Basic'],
    ['another scheme', 'Bearer abc'],
  ])('because Authorization holds %s is 400', async (_, authorization) => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).request(loginPath, {
      method: 'POST',
      headers: { authorization },
    });
    expect(reply).toMatchObject({ status: 400, body: { status: false, detail: anyString } });
  });

  test('because it is sent by Basic with a body is 400', async () => {
    await using service = await startAuthService();
    const headers = {
      authorization: basic('demo@example.com:correct horse'),
      'content-type': 'application/json',
    };
    const reply = await new TestClient(service).request(loginPath, { method: 'POST', headers, body: '{}' });
    expect(reply).toMatchObject({ status: 400, body: { detail: 'A login by Basic has no body' } });
  });

  test('because nothing was sent is 400', async () => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).request(loginPath, { method: 'POST' });
    expect(reply).toMatchObject({ status: 400, body: { status: false } });
  });

  test.each([
    [{ email: demo.email }, 'password'],
    [{ password: demo.password }, 'email'],
    [{ ...demo, password: '' }, 'password'],
    [{ ...demo, email: null }, 'email'],
    [{ ...demo, username: 'x' }, 'username'],
    [[demo], 'object'],
  ])('because its JSON is not the two fields is 400 and names the trouble: %j', async (value, named) => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).postJson(loginPath, value);
    expect(reply).toMatchObject({
      status: 400,
      body: { status: false, detail: containing(named) },
    });
  });

  test.each(['{"email":', 'email=demo', Buffer.from('{"email":"é"}', 'latin1')])(
    'because its body is no JSON in UTF-8 is 400',
    async (body) => {
      await using service = await startAuthService();
      const headers = { 'content-type': 'application/json' };
      const reply = await new TestClient(service).request(loginPath, { method: 'POST', headers, body });
      expect(reply).toMatchObject({ status: 400, body: { detail: 'The body is not JSON in UTF-8' } });
    },
  );

  test.each<Record<string, string>>([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-type': 'json' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ])('because its body is said to be something else is 415: %j', async (headers) => {
    await using service = await startAuthService();
    const init = { method: 'POST', headers, body: JSON.stringify(demo) };
    const reply = await new TestClient(service).request(loginPath, init);
    expect(reply).toMatchObject({ status: 415, body: { status: false } });
  });

  test('because its body is too large is 413, whichever the form', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const tooLarge = { ...demo, password: 'x'.repeat(bodyLimit) };
    expect(await client.postJson(loginPath, tooLarge)).toMatchObject({
      status: 413,
      body: { status: false },
    });
    const headers = { authorization: basic('demo@example.com:correct horse') };
    const init = { method: 'POST', headers, body: 'x'.repeat(bodyLimit * 20) };
    expect(await client.request(loginPath, init)).toMatchObject({ status: 413, body: { status: false } });
  });

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])(
    'because of its method %s is 405, and no login',
    async (method) => {
      await using service = await startAuthService();
      const reply = await new TestClient(service).request(loginPath, { method });
      expect(reply).toMatchObject({ status: 405, body: { status: false } });
      expect(reply.headers.get('allow')).toBe('POST');
      expect(service.stats()).toMatchObject({ rejectedLogins: 0, concurrentPeak: 0 });
    },
  );

  test.each(['/', `${loginPath}/`, '/auth/api/v1/accounts', '//auth/api/v1/accounts/login', '/__control/'])(
    'because of its path %s is 404',
    async (path) => {
      await using service = await startAuthService();
      const reply = await new TestClient(service).request(path, { method: 'POST' });
      expect(reply).toMatchObject({ status: 404, body: { status: false } });
    },
  );
});
