import { describe, expect, it } from 'vitest';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe('every answer', () => {
  it('E13 E53 has the headers that keep browsers off, and none that tells more', async () => {
    await using endpoint = await TestEndpoint.start();
    const answers = await Promise.all([
      endpoint.ask('/v1/token'),
      endpoint.ask('/healthz'),
      endpoint.ask('/v1/status'),
      endpoint.ask('/v1/nothing'),
      endpoint.ask('/v1/token', { headers: { authorization: 'Bearer x' } }),
      endpoint.ask('/v1/token', { headers: { origin: 'http://evil' } }),
      endpoint.ask('/v1/token', { headers: { host: 'evil.test' } }),
      endpoint.ask('/v1/token', { method: 'OPTIONS', headers: { origin: 'http://evil' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 200, 404, 401, 403, 403, 403]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': "default-src 'none'",
      });
      const names = Object.keys(headers);
      expect(
        names.filter((name) => /^access-control-|^server$|^x-powered-by$|^set-cookie$|^date$/.test(name)),
      ).toEqual([]);
    }
  });

  it('E17 is the same for every path that there is none of, and for favicon.ico', async () => {
    await using endpoint = await TestEndpoint.start();
    const bodies = await Promise.all(
      ['/favicon.ico', '/v1/token/', '/'].map(async (path) => (await endpoint.ask(path)).text),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it('E20 is the same for every wrong key', async () => {
    await using endpoint = await TestEndpoint.start();
    const answers = await Promise.all(
      ['', 'Bearer', 'bearer x', `Bearer\t${endpoint.key}`, `Bearer ${'x'.repeat(10_240)}`].map(
        (authorization) => endpoint.ask('/v1/token', { headers: { authorization } }),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    for (const { status, headers } of answers) {
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer realm="Token Tray"');
      expect(headers.connection).toBe('close');
    }
  });
});

it('E08 Node’s own fetch, which sends Sec-Fetch-Mode: cors, gets its token', async () => {
  await using endpoint = await TestEndpoint.start();
  const headers = { authorization: `Bearer ${endpoint.key}`, connection: 'close' };
  const answer = await fetch(`${endpoint.running.url}/v1/token`, { headers });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ access_token: scriptedTokenText });
});

it('E14 the key in the query, a cookie, Basic, another header or the body opens nothing, and is not logged', async () => {
  await using endpoint = await TestEndpoint.start();
  const { key } = endpoint;
  const basic = `Basic ${Buffer.from(`owner:${key}`).toString('base64')}`;
  for (const path of ['/v1/token', '/v1/status']) {
    const answers = await Promise.all([
      endpoint.ask(`${path}?access_token=${key}`, { headers: { authorization: '' } }),
      endpoint.ask(path, { headers: { authorization: '', cookie: `key=${key}` } }),
      endpoint.ask(path, { headers: { authorization: basic } }),
      endpoint.ask(path, { headers: { authorization: '', 'x-api-key': key } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  }
  const headers = { authorization: '' };
  const body = JSON.stringify({ key, access_token: key });
  expect((await endpoint.ask('/v1/token/renew', { method: 'POST', headers, body })).status).toBe(401);
  expect(endpoint.logText).not.toContain(key);
});
