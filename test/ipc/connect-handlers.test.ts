import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { tryTool } from '../../electron/adapters/tool-trial.ts';
import { Tools } from '../../electron/core/tools.ts';
import { digestOf, newToolKey } from '../../electron/endpoint/key.ts';
import { connectHandlers, type NewToolKey } from '../../electron/ipc/connect-handlers.ts';
import { InMemoryTools } from '../support/in-memory-home.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

function makeKey(): NewToolKey {
  const key = newToolKey();
  return { key, digest: digestOf(key) };
}

function page({ tools, url }: { readonly tools?: Tools; readonly url?: string } = {}) {
  const copies: string[] = [];
  const handlers = connectHandlers({
    tools: tools ?? new Tools(new InMemoryTools(), systemClock, () => undefined),
    makeKey,
    url: url ?? 'http://127.0.0.1:7145',
    copySecret(text) {
      copies.push(text.reveal());
      return Promise.resolve(true);
    },
    tryKey: (key) => tryTool(url ?? '', key),
  });
  return { handlers, copies };
}

describe('“Connect a tool…”', () => {
  it('makes a key that no answer holds, and puts it on the clipboard inside the finished text', async () => {
    const { handlers, copies } = page();
    const answers = [
      await handlers.connectTool('nightly-sync'),
      await handlers.copySnippet('python'),
      await handlers.copySnippet('oauth'),
    ];
    expect(answers).toEqual([{ ok: true, value: null }, true, true]);
    expect(copies).toEqual([
      expect.stringMatching(/urllib[\s\S]*"tt_[\w-]{43}"/),
      expect.stringMatching(/Client ID: +nightly-sync\nClient secret: +tt_[\w-]{43}\n/),
    ]);
  });

  it('refuses a name that will not do, or that there is', async () => {
    const { handlers } = page();
    expect(await handlers.connectTool('Nightly Sync')).toEqual({
      ok: false,
      failure: { code: 'bad_tool_name' },
    });
    await handlers.connectTool('sync');
    const failure = { code: 'tool_exists', tool: 'sync' };
    expect(await handlers.connectTool('sync')).toEqual({ ok: false, failure });
  });

  it('has nothing to copy or to try before there is a tool, or once the page was left', async () => {
    const { handlers, copies } = page();
    expect(await handlers.copySnippet('curl')).toBe(false);
    await handlers.connectTool('sync');
    await handlers.endConnecting();
    expect(await handlers.copySnippet('curl')).toBe(false);
    expect(await handlers.tryTool()).toEqual({ kind: 'no_key' });
    expect(copies).toEqual([]);
  });
});

describe('“Try it”', () => {
  it('asks as the tool would, and tells what came but not the token', async () => {
    await using endpoint = await TestEndpoint.start();
    const { handlers } = page({ tools: endpoint.tools, url: endpoint.running.url });
    await handlers.connectTool('sync');
    const tried = await handlers.tryTool();
    expect(tried).toMatchObject({ kind: 'token', account: 'anna@warehouse.example' });
    expect(Object.keys(tried)).toEqual(['kind', 'account', 'expiresInSeconds']);
  });

  it('tells that the key opens nothing, once the tool was removed', async () => {
    await using endpoint = await TestEndpoint.start();
    const { handlers } = page({ tools: endpoint.tools, url: endpoint.running.url });
    await handlers.connectTool('sync');
    await endpoint.tools.revoke('sync');
    expect(await handlers.tryTool()).toEqual({
      kind: 'refused',
      code: 'bad_key',
      retryAfterSeconds: null,
      reason: null,
    });
  });

  it('tells when nobody answers', async () => {
    const { handlers } = page({ url: 'http://127.0.0.1:9' });
    await handlers.connectTool('sync');
    expect(await handlers.tryTool()).toEqual({ kind: 'unreachable' });
  });
});
