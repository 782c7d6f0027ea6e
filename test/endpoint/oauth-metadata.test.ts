import * as openidClient from 'openid-client';
import { describe, expect, it } from 'vitest';
import { withTool } from '../support/oauth-tool.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; it is for this computer alone
const allowHttp = openidClient.allowInsecureRequests;
const path = '/.well-known/oauth-authorization-server';

describe('the metadata', () => {
  it('names the address itself as the issuer, needs no key, and holds no secret', async () => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask(path, { headers: { authorization: '' } });
    const { url } = endpoint.running;
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      issuer: url,
      token_endpoint: `${url}/oauth/token`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      response_types_supported: [],
    });
  });

  it('E53 names as its issuer the address that it was asked at (RFC 8414 §3.3)', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const host of [`localhost:${endpoint.port}`, `127.0.0.1:${endpoint.port}`]) {
      const { json } = await endpoint.ask(path, { headers: { host } });
      expect(json).toMatchObject({ issuer: `http://${host}`, token_endpoint: `http://${host}/oauth/token` });
    }
    const forged = await endpoint.ask(path, { headers: { host: `evil.test:${endpoint.port}` } });
    expect(forged.status).toBe(403);
  });

  it.skipIf(process.platform === 'win32')(
    'E53 by the socket names endpoint.json’s address, whatever the Host says',
    async () => {
      await using endpoint = await TestEndpoint.start();
      const { url } = endpoint.running;
      for (const host of ['localhost', `localhost:${endpoint.port}`, 'evil.test']) {
        const { json } = await endpoint.ask(path, { headers: { host }, bySocket: true });
        expect(json).toMatchObject({ issuer: url, token_endpoint: `${url}/oauth/token` });
      }
    },
  );

  it.each(['localhost', '127.0.0.1'])(
    'E53 is found at %s by openid-client, which gets its token',
    async (name) => {
      await using tool = await withTool();
      const found = await openidClient.discovery(
        new URL(`http://${name}:${tool.endpoint.port}`),
        'nightly.sync-1',
        tool.key,
        undefined,
        { algorithm: 'oauth2', execute: [allowHttp] },
      );
      const answer = await openidClient.clientCredentialsGrant(found);
      expect(answer.access_token).toBe(scriptedTokenText);
    },
  );
});
