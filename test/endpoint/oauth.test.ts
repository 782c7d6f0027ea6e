import { describe, expect, it } from 'vitest';
import { problemStatus, type TokenRefusal } from '../../electron/contract/problems.ts';
import { anna, scriptedTokenText } from '../support/scripted-engine.ts';
import { form, grant, withTool } from '../support/oauth-tool.ts';

describe('POST /oauth/token', () => {
  it('E53 answers exactly what RFC 6749 §5.1 asks for, by Basic and by the form', async () => {
    await using tool = await withTool();
    for (const answer of [await tool.ask(grant, tool.basic()), await tool.ask(`${grant}&${tool.inForm}`)]) {
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        access_token: scriptedTokenText,
        token_type: 'Bearer',
        expires_in: 1_234,
      });
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'content-type': 'application/json',
      });
    }
    expect(tool.endpoint.engine.asks).toEqual(
      Array.from({ length: 2 }, () => ({ account: null, minTtlSeconds: 60, tool: 'nightly.sync-1' })),
    );
  });

  it('ignores what it does not know, such as a scope, and a name that stands in both places', async () => {
    await using tool = await withTool();
    const body = `${grant}&scope=orders&audience=x&client_id=nightly.sync-1`;
    expect((await tool.ask(body, tool.basic())).status).toBe(200);
  });

  it.each([
    ['no client', {}, ''],
    ['a wrong key', 'wrong', ''],
    ['another tool’s name', 'other', ''],
    ['a header that is no Basic', { authorization: 'Bearer x' }, ''],
    ['a header of no base64', { authorization: 'Basic ???' }, ''],
    ['a name without a key', {}, '&client_id=nightly.sync-1'],
  ] as const)('E20 refuses %s', async (_, how, more) => {
    await using tool = await withTool();
    const headers =
      how === 'wrong' ? tool.basic(undefined, 'tt_x') : how === 'other' ? tool.basic('other') : how;
    const answer = await tool.ask(grant + more, headers);
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ error: 'invalid_client' });
    expect(answer.headers['www-authenticate']).toBe('Basic realm="Token Tray"');
    expect(tool.endpoint.engine.calls).toBe(0);
    expect(tool.endpoint.logText).not.toContain(tool.key);
  });

  it('E23 knows no client by the owner’s key, whatever its name', async () => {
    await using tool = await withTool();
    for (const name of ['nightly.sync-1', 'owner', '', 'this user']) {
      expect((await tool.ask(grant, tool.basic(name, tool.endpoint.key))).status).toBe(401);
    }
  });

  it('E24 a key that was revoked gets nothing from its next request on', async () => {
    await using tool = await withTool();
    expect((await tool.ask(grant, tool.basic())).status).toBe(200);
    await tool.endpoint.tools.revoke('nightly.sync-1');
    expect((await tool.ask(grant, tool.basic())).json).toMatchObject({ error: 'invalid_client' });
  });

  it('E25 a key for one account gets that account’s token', async () => {
    await using tool = await withTool({ account: anna });
    await tool.ask(grant, tool.basic());
    expect(tool.endpoint.engine.asks).toMatchObject([{ account: anna }]);
  });

  it('E14 takes neither name nor key from the address, and logs neither', async () => {
    await using tool = await withTool();
    const answer = await tool.endpoint.ask(`/oauth/token?${tool.inForm}&${grant}`, {
      method: 'POST',
      headers: form,
    });
    expect(answer.json).toMatchObject({ error: 'invalid_request' });
    expect(tool.endpoint.logText).not.toContain(tool.key);
  });

  it.each([
    ['no grant', '', 'invalid_request'],
    ['another grant', 'grant_type=refresh_token', 'unsupported_grant_type'],
    ['a password', 'grant_type=password&username=a&password=b', 'unsupported_grant_type'],
    ['a doubled parameter', `${grant}&${grant}`, 'invalid_request'],
    ['two ways at once', 'both', 'invalid_request'],
  ])('refuses %s', async (_, body, error) => {
    await using tool = await withTool();
    const answer = await tool.ask(body === 'both' ? `${grant}&${tool.inForm}` : body, tool.basic());
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error });
    expect(tool.endpoint.engine.calls).toBe(0);
  });

  it('refuses a body that is no form, and one that is too large', async () => {
    await using tool = await withTool();
    const json = await tool.ask('{"grant_type":"client_credentials"}', {
      ...tool.basic(),
      'content-type': 'application/json',
    });
    expect(json.json).toMatchObject({ error: 'invalid_request' });
    expect((await tool.ask(`${grant}&x=${'x'.repeat(70_000)}`, tool.basic())).status).toBe(400);
  });

  it('lets a key for the proxy alone have no token', async () => {
    await using tool = await withTool({ proxyOnly: true });
    expect((await tool.ask(grant, tool.basic())).json).toMatchObject({ error: 'unauthorized_client' });
  });

  it.each<TokenRefusal>([
    { code: 'signed_out' },
    { code: 'locked' },
    { code: 'not_saved' },
    { code: 'suspended' },
    { code: 'service_error' },
    { code: 'paused', retryAfterSeconds: 3_600 },
    { code: 'offline', retryAfterSeconds: 20 },
    { code: 'budget_exhausted', retryAfterSeconds: 599.2 },
    { code: 'rate_limited', retryAfterSeconds: 599.2 },
  ])('says $code with its status and its wait', async (refusal) => {
    await using tool = await withTool();
    tool.endpoint.engine.refuse(refusal);
    const answer = await tool.ask(grant, tool.basic());
    expect(answer.status).toBe(problemStatus[refusal.code]);
    expect(answer.json).toMatchObject({ error: 'temporarily_unavailable', code: refusal.code });
    const { error_description: description } = answer.json as { error_description: string };
    // RFC 6749 §5.2: characters outside this set must not stand there.
    expect(description).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/);
    const { retryAfterSeconds } = refusal;
    const wait = retryAfterSeconds === undefined ? undefined : String(Math.ceil(retryAfterSeconds));
    expect(answer.headers['retry-after']).toBe(wait);
  });

  it('E01 E07 is behind the same gate as every route', async () => {
    await using tool = await withTool();
    for (const headers of [{ host: 'evil.example' }, { origin: 'https://evil.example' }]) {
      expect((await tool.ask(grant, { ...tool.basic(), ...headers })).status).toBe(403);
    }
    expect((await tool.endpoint.ask('/oauth/token')).status).toBe(405);
    expect(tool.endpoint.engine.calls).toBe(0);
  });
});
