import { describe, expect, it } from 'vitest';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint, toolKey } from '../support/proxying-endpoint.ts';
import { rawExchange, statusOf } from '../support/raw-connection.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';

const withToken = `Bearer ${scriptedTokenText}`;

/** A request as the tests' own fetch sends it. */
function asked(url: string, key: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${key}`);
  return fetch(url, { redirect: 'manual', ...init, headers });
}

describe('the proxy', () => {
  it('E42 sends the same request to the API, with the token for the key', async () => {
    await using api = await ApiServer.start((_request, response) => {
      response.writeHead(201, { 'content-type': 'text/plain', 'x-two': ['a', 'b'] });
      response.end('made');
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const answer = await asked(`${endpoint.running.url}/proxy/orders//a%2Fb?x=1&x=%2e`, endpoint.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-own': 'kept' },
      body: '{"order":1}',
    });
    expect([answer.status, await answer.text()]).toEqual([201, 'made']);
    expect(answer.headers.get('x-two')).toBe('a, b');
    expect(api.calls).toMatchObject([
      {
        method: 'POST',
        target: '/orders//a%2Fb?x=1&x=%2e',
        body: '{"order":1}',
        headers: {
          authorization: withToken,
          host: new URL(api.url).host,
          'content-length': '11',
          'x-own': 'kept',
          via: '1.1 token-tray',
        },
      },
    ]);
    expect(JSON.stringify(api.calls)).not.toContain(endpoint.key);
  });

  it('E44 passes every method but CONNECT and TRACE, which would open a tunnel or send the token back', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect((await asked(`${endpoint.running.url}/proxy/`, endpoint.key, { method })).status).toBe(200);
    }
    expect(api.calls.map(({ method }) => method)).toHaveLength(7);
    const trace = await endpoint.ask('/proxy/', { method: 'TRACE' });
    expect([trace.status, trace.headers.allow]).toEqual([405, expect.stringContaining('GET')]);
    expect(trace.text).not.toContain(scriptedTokenText);
  });

  it('E42 has a key of its own kind, which opens nothing else', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const key = await toolKey(endpoint, { proxyOnly: true });
    expect((await asked(`${endpoint.running.url}/proxy/orders`, key)).status).toBe(200);
    expect((await asked(`${endpoint.running.url}/v1/token`, key)).status).toBe(403);
    expect(endpoint.engine.asks.at(-1)).toMatchObject({ tool: 'sync' });
    await endpoint.settings.set('programsOfThisUser', false);
    expect((await asked(`${endpoint.running.url}/proxy/orders`, endpoint.key)).status).toBe(403);
    expect((await asked(`${endpoint.running.url}/proxy/orders`, key)).status).toBe(200);
  });

  it('E25 gives no account’s token to a key that is for another', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const key = await toolKey(endpoint, { account: 'ben@shop.example' });
    const named = { 'token-tray-account': 'anna@warehouse.example' };
    const refused = await asked(`${endpoint.running.url}/proxy/`, key, { headers: named });
    expect([refused.status, api.calls.length]).toEqual([403, 0]);
    await asked(`${endpoint.running.url}/proxy/`, key);
    expect(endpoint.engine.asks.at(-1)).toMatchObject({ account: 'ben@shop.example' });
    await asked(`${endpoint.running.url}/proxy/`, endpoint.key, { headers: named });
    expect(endpoint.engine.asks.at(-1)).toMatchObject({ account: 'anna@warehouse.example' });
    expect(JSON.stringify(api.calls)).not.toContain('token-tray-account');
    const twice = endpoint.head('GET /proxy/ HTTP/1.1', 'Token-Tray-Account: a', 'Token-Tray-Account: b');
    expect(statusOf(await rawExchange(endpoint.port, twice))).toBe(400);
  });

  it('E48 asks further hosts by their names in the settings, and no other', async () => {
    await using signedIn = await ApiServer.start();
    await using orders = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(signedIn.url);
    await endpoint.settings.set('furtherHosts', { orders: `${orders.url}/base` });
    const at = (path: string) => asked(`${endpoint.running.url}/proxy/${path}`, endpoint.key);
    expect((await at('@orders/list?a=1')).status).toBe(200);
    expect((await at('@orders')).status).toBe(200);
    expect(orders.calls.map(({ target }) => target)).toEqual(['/base/list?a=1', '/base/']);
    expect(orders.callsWith(scriptedTokenText)).toBe(2);
    for (const path of ['@other/', '@__proto__/', '@constructor/', '@/', '@orders%2f/', '@127.0.0.1/']) {
      const answer = await at(path);
      expect([path, answer.status, await answer.json()]).toMatchObject([path, 404, { code: 'not_found' }]);
    }
    expect(signedIn.calls).toEqual([]);
  });

  it('E48 follows no redirect: one under the API leads through the proxy, another stands as it came', async () => {
    const places = ['/a/b', 'c?d', 'https://evil.example/', '//evil.example/'];
    await using api = await ApiServer.start((request, response) => {
      const index = Number(request.url?.slice(-1));
      const location = index < places.length ? places[index] : `${api.url}/x`;
      response.writeHead(302, { location });
      response.end();
    });
    await using endpoint = await proxyingEndpoint(api.url);
    await endpoint.settings.set('furtherHosts', { orders: api.url });
    const located = async (path: string) =>
      (await asked(`${endpoint.running.url}/proxy/${path}`, endpoint.key)).headers.get('location');
    expect(await located('in/0')).toBe('/proxy/a/b');
    expect(await located('in/1')).toBe('/proxy/in/c?d');
    expect(await located('in/2')).toBe('https://evil.example/');
    expect(await located('in/3')).toBe('//evil.example/');
    expect(await located('in/9')).toBe('/proxy/x');
    expect(await located('@orders/0')).toBe('/proxy/@orders/a/b');
    expect(api.calls).toHaveLength(6);
  });

  it('N7 knows the API by each spelling of its address in a redirect', async () => {
    await using api = await ApiServer.start((_request, response) => {
      response.writeHead(302, { location: `${api.url.replace('127.0.0.1', 'LocalHost.')}/x` });
      response.end();
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const answer = await asked(`${endpoint.running.url}/proxy/in`, endpoint.key);
    expect(answer.headers.get('location')).toBe('/proxy/x');
  });

  it('E42 says like any other route why there is no token', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    endpoint.engine.refuse({ code: 'paused', retryAfterSeconds: 90 });
    const answer = await endpoint.ask('/proxy/orders', { method: 'POST', body: 'x'.repeat(100_000) });
    expect(answer).toMatchObject({ status: 503, json: { code: 'paused' }, headers: { 'retry-after': '90' } });
    expect(api.calls).toEqual([]);
  });

  it('E47 names the host that it does not reach, and never itself', async () => {
    await using endpoint = await proxyingEndpoint('http://127.0.0.1:1');
    await endpoint.settings.set('furtherHosts', { self: endpoint.running.url });
    const unreached = await endpoint.ask('/proxy/orders');
    expect(unreached).toMatchObject({
      status: 503,
      json: { code: 'offline', detail: expect.stringContaining('No connection to 127.0.0.1:1') as string },
    });
    expect(await endpoint.ask('/proxy/@self/healthz')).toMatchObject({ status: 404 });
  });
});
