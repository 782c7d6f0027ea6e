import { describe, expect, it } from 'vitest';
import { grant, withTool } from '../support/oauth-tool.ts';

describe('the parameters of a token request', () => {
  it.each([
    ['an empty client_secret beside Basic', `${grant}&client_secret=`],
    ['an empty client_id beside Basic', `${grant}&client_id=&client_secret=`],
    ['a name without an equals sign', `${grant}&client_secret&scope`],
    ['an empty scope', `${grant}&scope=`],
    ['an empty one beside one with a value', `grant_type=&${grant}`],
    ['unknown ones that stand there twice', `${grant}&resource=a&resource=b&audience=&audience=`],
    ['unknown ones with any value', `${grant}&username=a&password=b&assertion=c&__proto__=d`],
  ])('E52 count as RFC 6749 §3.2 has them: %s', async (_, body) => {
    await using tool = await withTool();
    expect(await tool.ask(body, tool.basic())).toMatchObject({ status: 200 });
  });

  it('E52 in the form count so too, and an empty Authorization is none', async () => {
    await using tool = await withTool();
    expect(await tool.ask(`${grant}&${tool.inForm}&scope=`)).toMatchObject({ status: 200 });
  });

  it.each([
    ['an empty grant_type', 'grant_type=', 'invalid_request'],
    ['a grant_type without a value', 'grant_type', 'invalid_request'],
    ['an unknown grant_type', 'grant_type=client_credentials2', 'unsupported_grant_type'],
    ['two grants', `${grant}&grant_type=password`, 'invalid_request'],
    ['two scopes', `${grant}&scope=a&scope=b`, 'invalid_request'],
    ['two client_ids', `${grant}&client_id=a&client_id=a`, 'invalid_request'],
    ['the key in two ways', `${grant}&client_secret=x`, 'invalid_request'],
    ['another name than Basic’s', `${grant}&client_id=other`, 'invalid_request'],
  ])('E52 are refused by RFC 6749 §5.2: %s', async (_, body, error) => {
    await using tool = await withTool();
    const answer = await tool.ask(body, tool.basic());
    expect(answer).toMatchObject({ status: 400, json: { error } });
    expect(tool.endpoint.engine.calls).toBe(0);
  });

  it('E52 name no client where name or key has no value', async () => {
    await using tool = await withTool();
    for (const body of ['client_id=&client_secret=', `client_id=nightly.sync-1&client_secret=`]) {
      expect(await tool.ask(`${grant}&${body}`)).toMatchObject({
        status: 401,
        json: { error: 'invalid_client' },
      });
    }
  });

  it('E51 E52 take the Basic scheme in any case', async () => {
    await using tool = await withTool();
    const { authorization } = tool.basic();
    for (const scheme of ['basic', 'BASIC', 'Basic ']) {
      const headers = { authorization: authorization.replace('Basic', scheme) };
      expect(await tool.ask(grant, headers)).toMatchObject({ status: 200 });
    }
  });
});
