import { describe, expect, it } from 'vitest';
import { Tools, type NewTool } from '../../electron/core/tools.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemoryTools } from '../support/in-memory-home.ts';

const hour = 3_600_000;

function tool(name: string, changes: Partial<NewTool> = {}): NewTool {
  return { name, digest: `digest-of-${name}`, endsInMs: null, proxyOnly: false, account: null, ...changes };
}

async function opened(store = new InMemoryTools(), clock = new FakeClock()) {
  const tools = new Tools(store, clock, () => undefined);
  const opening = await tools.open();
  return { tools, store, clock, opening };
}

describe('the tools', () => {
  it('are found by the digest of their key, in this run and the next', async () => {
    const { tools, store, clock } = await opened();
    expect(await tools.add(tool('report', { proxyOnly: true, account: 'anna' }))).toEqual({
      ok: true,
      value: null,
    });
    const kept = {
      name: 'report',
      digest: 'digest-of-report',
      addedAt: clock.wallNow(),
      expiresAt: null,
      proxyOnly: true,
      account: 'anna',
    };
    expect(tools.byDigest('digest-of-report')).toEqual(kept);
    expect((await opened(store)).tools.list()).toEqual([kept]);
    expect(tools.byDigest('another')).toBeNull();
  });

  it.each(['', 'Report', '-a', '.a', 'a b', 'ä', 'a/b', 'a\n', `a${'b'.repeat(64)}`])(
    'take no name such as %j',
    async (name) => {
      const { tools, store } = await opened();
      expect(await tools.add(tool(name))).toMatchObject({ failure: { code: 'bad_tool_name' } });
      expect(store.tools).toEqual([]);
    },
  );

  it.each(['a', '7', 'night-run_2.x', `a${'b'.repeat(63)}`])('take a name such as %j', async (name) => {
    const { tools } = await opened();
    expect(await tools.add(tool(name))).toMatchObject({ ok: true });
  });

  it('E29 are shut out once revoked, also while keys that were asked for before are saved', async () => {
    const { tools, store } = await opened();
    await tools.add(tool('report'));
    const added = [tools.add(tool('first')), tools.add(tool('second'))];
    const revoked = tools.revoke('report');
    const opens: boolean[] = [];
    store.beforeWrite = () => opens.push(tools.byDigest('digest-of-report') !== null);
    await Promise.all([...added, revoked]);
    expect(opens).toEqual([false, false, false]);
    expect(store.tools.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('E29 of two that add the same name at once, one is refused, and the first key stays', async () => {
    const { tools, store } = await opened();
    const [first, second] = await Promise.all([
      tools.add(tool('report', { digest: 'one' })),
      tools.add(tool('report', { digest: 'two' })),
    ]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual({ ok: false, failure: { code: 'tool_exists', tool: 'report' } });
    expect(store.tools.map(({ digest }) => digest)).toEqual(['one']);
    expect(tools.byDigest('two')).toBeNull();
  });

  it('E24 one that is removed is shut out before the list is saved, and a removed name is free again', async () => {
    const { tools } = await opened();
    await tools.add(tool('report'));
    const revoked = tools.revoke('report');
    expect(tools.byDigest('digest-of-report')).toBeNull();
    expect(await revoked).toMatchObject({ ok: true });
    expect(await tools.revoke('report')).toMatchObject({ failure: { code: 'unknown_tool', tool: 'report' } });
    expect(await tools.add(tool('report', { digest: 'new' }))).toMatchObject({ ok: true });
  });

  it('E24 one whose removal cannot be saved stays shut out, and the next change saves it', async () => {
    const { tools, store } = await opened();
    await tools.add(tool('report'));
    store.writeFailure = 'disk_full';
    expect(await tools.revoke('report')).toMatchObject({
      failure: { code: 'tools_unwritable', reason: 'disk_full' },
    });
    expect(tools.byDigest('digest-of-report')).toBeNull();
    expect(tools.list()).toHaveLength(1);
    store.writeFailure = null;
    await tools.add(tool('other'));
    expect(store.tools.map(({ name }) => name)).toEqual(['other']);
  });

  it('one that cannot be saved is not added', async () => {
    const { tools, store } = await opened();
    store.writeFailure = 'read_only';
    expect(await tools.add(tool('report'))).toMatchObject({ failure: { code: 'tools_unwritable' } });
    expect(tools.byDigest('digest-of-report')).toBeNull();
    store.writeFailure = null;
    expect(await tools.add(tool('report'))).toMatchObject({ ok: true });
  });

  it('one with an end opens until then, keeps its name, and can be removed', async () => {
    const { tools, clock } = await opened();
    await tools.add(tool('night', { endsInMs: hour }));
    await clock.advance(hour - 1);
    expect(tools.byDigest('digest-of-night')).not.toBeNull();
    await clock.advance(1);
    expect(tools.byDigest('digest-of-night')).toBeNull();
    expect(tools.list()).toHaveLength(1);
    expect(await tools.add(tool('night'))).toMatchObject({ failure: { code: 'tool_exists' } });
    expect(await tools.revoke('night')).toMatchObject({ ok: true });
  });

  it('S14 a clock that is set back prolongs no key: neither in this run, nor by more than its term in the next', async () => {
    const { tools, clock, store } = await opened();
    await tools.add(tool('night', { endsInMs: hour }));
    clock.jump(-10 * hour);
    expect((await opened(store, clock)).tools.byDigest('digest-of-night')).not.toBeNull();
    const next = (await opened(store, clock)).tools;
    await clock.advance(hour);
    expect(tools.byDigest('digest-of-night')).toBeNull();
    expect(next.byDigest('digest-of-night')).toBeNull();
  });

  it('none can be removed from a list that cannot be read, and that is said', async () => {
    const store = new InMemoryTools();
    await (await opened(store)).tools.add(tool('report'));
    store.readFailure = 'input_output';
    const { tools } = await opened(store);
    expect(await tools.revoke('report')).toMatchObject({
      failure: { code: 'tools_unwritable', reason: 'input_output' },
    });
    store.readFailure = null;
    expect(await tools.revoke('report')).toMatchObject({ ok: true });
    expect(store.tools).toEqual([]);
  });

  it('a list that cannot be read opens nothing, is not written over, and is read again when it can be', async () => {
    const store = new InMemoryTools();
    const before = (await opened(store)).tools;
    await before.add(tool('report'));
    store.readFailure = 'newer_version';
    const { tools, opening } = await opened(store);
    expect(opening).toEqual({ ok: false, failure: 'newer_version' });
    expect(tools.byDigest('digest-of-report')).toBeNull();
    expect(await tools.add(tool('other'))).toMatchObject({
      failure: { code: 'tools_unwritable', reason: 'newer_version' },
    });
    expect(store.tools.map(({ name }) => name)).toEqual(['report']);
    store.readFailure = null;
    await tools.add(tool('other'));
    expect(store.tools.map(({ name }) => name)).toEqual(['report', 'other']);
  });
});
