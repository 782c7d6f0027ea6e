import { describe, expect, it } from 'vitest';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint } from '../support/proxying-endpoint.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';

/**
 * Follows an API's redirects as tools do, with method, body and key, as far as they lead to the endpoint: what `at` of
 * the API answers by 307 with a Location, until something else comes.
 */
async function followed(location: string, at: string, bySocket = false) {
  await using other = await ApiServer.start((_request, response) => response.end('"done"'));
  await using api = await ApiServer.start((request, response) => {
    const told = location.replace('API', api.url).replace('HERE', here());
    if (request.url === at) response.writeHead(307, { location: told });
    response.end('"done"');
  });
  await using endpoint = await proxyingEndpoint(`${api.url}${at.startsWith('/base') ? '/base' : ''}`);
  const here = () => endpoint.running.url;
  await endpoint.settings.set('furtherHosts', { orders: other.url });
  let path = `/proxy${at.replace('/base', '')}`;
  const locations: (string | undefined)[] = [];
  for (let hop = 0; hop < 3; hop += 1) {
    const answer = await endpoint.ask(path, { method: 'POST', body: '"an order"', bySocket });
    if (answer.status !== 307) break;
    const told = answer.headers.location;
    locations.push(told?.replace(api.url, 'API'));
    // By the socket Node's own Host is this; for another host a client leaves the key out.
    const askedAt = bySocket ? 'http://localhost' : here();
    const next = URL.parse(told ?? '', `${askedAt}${path}`);
    if (told === undefined || next?.origin !== askedAt) break;
    path = `${next.pathname}${next.search}`;
  }
  const bodies = other.calls.filter(({ body }) => body !== '').length;
  return {
    locations,
    toOther: [other.callsWith(scriptedTokenText), bodies],
    paths: api.calls.map(({ target }) => target),
  };
}

describe('a Location of the API', () => {
  it.each([
    ['/@orders/x', '/proxy/%40orders/x'],
    ['//API/@orders/x', '/proxy/%40orders/x'],
    ['./@orders/x?y', '/proxy/%40orders/x?y'],
    ['/./@orders/x', '/proxy/%40orders/x'],
    ['/a/../@orders', '/proxy/%40orders'],
    ['/%40orders/x', '/proxy/%40orders/x'],
    ['/%2e/@orders/x', '/proxy/%40orders/x'],
    ['\\@orders\\x', '/proxy/%40orders/x'],
  ])('E56 that looks like a further host (%s) stays with the API', async (location, expected) => {
    const told = await followed(location.replace('//API', 'API'), '/go');
    expect(told.locations).toEqual([expected]);
    expect(told.toOther).toEqual([0, 0]);
    expect(told.paths[1]).toMatch(/^\/%40orders/);
  });

  it('E56 under a base with a path stays there too', async () => {
    const told = await followed('/base/@orders/x', '/base/go');
    expect(told).toMatchObject({ locations: ['/proxy/%40orders/x'], toOther: [0, 0] });
  });

  it.each(['/proxy/@orders/x', '/v1/token', '//HERE/proxy/@orders/x', '?x', ''])(
    'E56 beside the base (%s), which the caller would read as a path of this endpoint, leads to the API or nowhere',
    async (location) => {
      const told = await followed(location.replace('//HERE', '//127.0.0.1'), '/base/go');
      expect(told.toOther).toEqual([0, 0]);
      const [first] = told.locations;
      expect(first === undefined || /^(?:API|\/proxy\/go|\/\/127\.0\.0\.1)/.test(first)).toBe(true);
    },
  );

  it.each(['HERE/proxy/@orders/x', 'HERE/v1/token', 'HERE'])(
    'E56 that names this endpoint itself (%s) is left out',
    async (location) => {
      for (const at of ['/go', '/base/go']) {
        const told = await followed(location, at);
        expect(told).toMatchObject({ locations: [undefined], toOther: [0, 0] });
      }
      const byName = await followed(location.replace('HERE', 'http://LOCALHOST:PORT'), '/go');
      expect(byName.toOther).toEqual([0, 0]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'E56 that names what the caller takes for this endpoint at the socket is left out',
    async () => {
      const told = await followed('http://localhost/proxy/@orders/x', '/base/go', true);
      expect(told).toMatchObject({ locations: [undefined], toOther: [0, 0] });
      expect((await followed('/proxy/@orders/x', '/base/go', true)).toOther).toEqual([0, 0]);
    },
  );
});
