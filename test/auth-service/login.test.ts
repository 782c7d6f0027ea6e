import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { loginPath } from './routes.ts';
import { ManualClock, TestClient, anyString } from './test-client.ts';

const demo = { email: 'demo@example.com', password: 'correct horse' };

describe('a login', () => {
  test('by Basic answers access and refresh, and forbids caching', async () => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).loginByBasic();
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ access: anyString, refresh: anyString });
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('content-type')).toBe('application/json');
  });

  test('by JSON answers status, token and refreshToken', async () => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).postJson(loginPath, demo);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ status: true, token: anyString, refreshToken: anyString });
  });

  test('gives a JWT that says whose it is and when it begins and ends, by the clock of the Date header', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({ now: clock.now, accessLifetime: 120 });
    const client = new TestClient(service);
    const reply = await client.loginByBasic();
    const { access } = await client.tokens();
    const issuedAt = Math.floor(clock.now() / 1000);
    expect(decodeJwt(access)).toEqual({
      sub: 'demo@example.com',
      jti: anyString,
      iat: issuedAt,
      exp: issuedAt + 120,
    });
    expect(reply.headers.get('date')).toBe(new Date(issuedAt * 1000).toUTCString());
  });

  test('in the same second gives other tokens', async () => {
    await using service = await startAuthService({ now: new ManualClock().now });
    const client = new TestClient(service);
    const [first, second] = [await client.tokens(), await client.tokens()];
    expect(first.access).not.toBe(second.access);
    expect(first.refresh).not.toBe(second.refresh);
  });

  test.each([
    ['letters beyond Latin-1', 'žofie@example.com:šťastný kůň 馬'],
    ['a colon in the password', 'colon@example.com:a:b:'],
    ['a character outside the BMP', 'emoji@example.com:🐎'],
  ])('takes %s in UTF-8', async (_, userPass) => {
    const [username = '', ...password] = userPass.split(':');
    await using service = await startAuthService({ users: { [username]: password.join(':') } });
    const client = new TestClient(service);
    expect(await client.loginByBasic(userPass)).toMatchObject({ status: 200 });
    const json = await client.postJson(loginPath, { email: username, password: password.join(':') });
    expect(json.status).toBe(200);
  });
});
