import { describe, expect, it } from 'vitest';
import { hour, minute, Program } from '../support/program.ts';
import { refusedAsExpired } from '../support/scripted-auth-service.ts';

const second = 1000;

describe('a restart', () => {
  it('S17 within the token’s life costs nothing, 100 times', async () => {
    const program = await Program.signedIn();
    for (let start = 0; start < 100; start += 1) {
      await program.restart();
      expect(await program.tokenText()).toBe('access-1');
      await program.clock.advance(6 * second);
    }
    expect(program.service.posts).toBe(1);
  });

  it('S17 a crash loop with an expired token costs one refresh', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    for (let start = 0; start < 100; start += 1) {
      await program.restart();
      expect(await program.tokenText()).toBe('access-2');
    }
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('S17 a crash loop whose answers are always lost stays within the budget', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    for (let start = 0; start < 100; start += 1) {
      program.service.thenHold();
      program.ask();
      await program.settle();
      await program.restart();
      await program.clock.advance(6 * second);
    }
    expect(program.service.refreshes.length).toBeLessThanOrEqual(4);
  });

  it('S04 after a death between the POST and the save is uncertain: one try when needed, not at once', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.thenHold();
    program.ask();
    await program.settle();
    await program.restart();
    expect(program.state).toBe('uncertain');
    expect(await program.tokenText()).toBe('offline');
    program.service.then(refusedAsExpired);
    await program.clock.advance(30 * second);
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.state).toBe('needs_sign_in');
    expect(program.service.refreshes).toHaveLength(2);
  });

  it('S04 after a death between the save and the ledger’s outcome goes on with what was saved', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const gate = Promise.withResolvers<boolean>();
    program.ledger.appendOutcome = () => gate.promise;
    program.ask();
    await program.settle();
    expect(program.ledger.entries.at(-1)?.outcome).toBeNull();
    await program.restart();
    expect(program.state).toBe('active');
    expect(await program.tokenText()).toBe('access-2');
  });

  it('V16 an older vault put back: the refresh token is tried once, then sign-in is needed', async () => {
    const program = await Program.signedIn();
    const yesterday = new Map(program.vault.records);
    await program.clock.advance(46 * minute);
    await program.tokenText();
    await program.clock.advance(46 * minute);
    await program.tokenText();
    for (const [account, record] of yesterday) program.vault.records.set(account, record);
    await program.clock.advance(46 * minute);
    await program.restart();
    expect(program.state).toBe('uncertain');
    program.service.then(refusedAsExpired);
    expect(await program.tokenText()).toBe('signed_out');
    await program.clock.advance(hour);
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.service.refreshes).toHaveLength(3);
  });

  it('S18 a restored backup on a second computer ends in needs_sign_in once, with no ping-pong', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(refusedAsExpired);
    for (let ask = 0; ask < 20; ask += 1) {
      await program.tokenText();
      await program.clock.advance(minute);
    }
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('after a sign-out and a new sign-in does not trip over the older session’s lines', async () => {
    const program = await Program.signedIn();
    for (let renewal = 0; renewal < 4; renewal += 1) {
      await program.clock.advance(46 * minute);
      await program.tokenText();
    }
    await program.accounts.signOut(null);
    await program.signIn();
    await program.restart();
    expect(program.state).toBe('active');
  });
});

describe('an answer that cannot be saved', () => {
  it('S05 is served from memory, saved as soon as it can be, and nothing more is asked until then', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'disk_full' };
    expect(await program.tokenText()).toBe('access-2');
    expect(program.state).toBe('not_saved');
    expect(await program.reject('access-2')).toBe('not_saved');
    await program.clock.advance(46 * minute);
    expect(await program.tokenText()).toBe('not_saved');
    expect(program.service.refreshes).toHaveLength(1);
    program.vault.writeFailure = null;
    await program.clock.advance(minute);
    expect(program.state).toBe('active');
    expect(await program.tokenText()).toBe('access-3');
  });

  it('S05 lost with the process: uncertain, because the service has moved on', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'disk_full' };
    await program.tokenText();
    await program.restart();
    expect(program.state).toBe('uncertain');
  });
});

describe('a locked key store', () => {
  const locked = { code: 'vault_locked', reason: 'key_store' } as const;

  it('is waited for, and nothing is lost', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = locked;
    await program.restart();
    expect(program.state).toBe('locked');
    expect(await program.tokenText()).toBe('locked');
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { code: 'vault_locked' } });
    program.vault.readFailure = null;
    await program.clock.advance(minute);
    expect(await program.tokenText()).toBe('access-1');
    expect(program.service.posts).toBe(1);
  });

  it('M1 is not asked again by itself after a person said no, and is asked by the next sign-in', async () => {
    const program = await Program.signedIn();
    let asked = 0;
    program.vault.beforeRead = () => void (asked += 1);
    program.vault.readFailure = { code: 'vault_locked', reason: 'key_store_denied' };
    await program.restart();
    await program.clock.advance(20 * minute);
    expect(asked).toBe(1);
    expect(await program.tokenText()).toBe('locked');
    expect(program.accounts.report(null)?.lockedReason).toBe('key_store_denied');
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { reason: 'key_store_denied' } });
    expect(asked).toBe(2);
    program.vault.readFailure = null;
    expect(await program.signIn()).toMatchObject({ ok: true, value: { already: true } });
    expect(await program.tokenText()).toBe('access-1');
    expect(program.service.posts).toBe(1);
  });

  it('M1 is asked for every locked account by the sign-in of one', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = { code: 'vault_locked', reason: 'key_store_denied' };
    await program.restart();
    program.vault.readFailure = null;
    await program.signIn({ username: 'bert@warehouse.example' });
    expect(await program.tokenText()).toBe('access-1');
  });

  it('M1 does not ask again by itself to save an answer that a person did not let it save', async () => {
    const program = await Program.started();
    let asked = 0;
    program.vault.beforeWrite = () => {
      asked += 1;
      program.vault.writeFailure = { code: 'vault_locked', reason: 'key_store_denied' };
    };
    expect(await program.signIn()).toMatchObject({ ok: true, value: { state: 'locked' } });
    await program.clock.advance(30 * minute);
    expect(asked).toBe(1);
    program.vault.beforeWrite = () => {
      program.vault.writeFailure = null;
    };
    expect(await program.signIn()).toMatchObject({ ok: true, value: { already: true, state: 'active' } });
  });

  it('V12 counts as locked while a person stands at its prompt, and goes on by itself once they are through', async () => {
    const program = await Program.signedIn();
    const answered = Promise.withResolvers<undefined>();
    program.vault.beforeRead = () => answered.promise;
    const restarted = program.restart();
    await program.clock.advance(0);
    await program.clock.advance(1_000);
    expect(program.state).toBe('locked');
    expect(await program.tokenText()).toBe('locked');
    answered.resolve(undefined);
    await restarted;
    expect(program.state).toBe('active');
    expect(await program.tokenText()).toBe('access-1');
  });

  it('keeps serving from memory the token of a sign-in that it cannot seal', async () => {
    const program = await Program.started();
    program.vault.beforeWrite = () => {
      program.vault.writeFailure = locked;
    };
    expect(await program.signIn()).toMatchObject({ ok: true, value: { state: 'locked' } });
    expect(await program.tokenText()).toBe('access-1');
    program.vault.beforeWrite = () => {
      program.vault.writeFailure = null;
    };
    await program.clock.advance(minute);
    expect(program.state).toBe('active');
  });
});

describe('a ledger that cannot be written or read', () => {
  it('allows one renewal an hour', async () => {
    const program = await Program.signedIn();
    program.ledger.writable = false;
    for (let gone = 0; gone < 24 * 60; gone += 1) {
      await program.clock.advance(minute);
      await program.tokenText();
    }
    expect(program.service.refreshes.length).toBeLessThanOrEqual(24);
    expect(program.service.refreshes.length).toBeGreaterThan(20);
  });

  it('S17 holds through restarts', async () => {
    const program = await Program.signedIn();
    program.ledger.writable = false;
    program.ledger.readable = false;
    for (let gone = 0; gone < 24 * 60; gone += 1) {
      await program.clock.advance(minute);
      await program.restart();
      await program.tokenText();
    }
    expect(program.service.refreshes.length).toBeLessThanOrEqual(24);
  });
});
