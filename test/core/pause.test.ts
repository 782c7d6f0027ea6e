import { describe, expect, it } from 'vitest';
import { Pause } from '../../electron/core/pause.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';
import { refusedAsSuspended } from '../support/scripted-auth-service.ts';
import { hour, minute, Program } from '../support/program.ts';

const second = 1000;

describe('a pause', () => {
  it('hands out nothing until it is over, and says how long that is', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(hour);
    expect(await program.token()).toEqual({
      kind: 'refused',
      refusal: { code: 'paused', retryAfterSeconds: 3600 },
    });
    expect(await program.reject('access-1')).toBe('paused');
    expect(program.accounts.report(null)).toMatchObject({
      state: 'active',
      pausedUntil: program.clock.wallNow() + hour,
    });
    await program.clock.advance(hour - second);
    expect(await program.tokenText()).toBe('paused');
    await program.clock.advance(second);
    expect(await program.tokenText()).toBe('access-2');
    expect(program.accounts.report(null)?.pausedUntil).toBeNull();
  });

  it('makes no new token for tools that keep asking', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(3 * hour);
    for (let passed = 0; passed < 3 * hour - minute; passed += minute) {
      await program.clock.advance(minute);
      expect(await program.tokenText()).toBe('paused');
    }
    expect(program.service.refreshes).toHaveLength(0);
  });

  it('can be ended, and set anew', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(hour);
    await program.core.pause.end();
    expect(await program.tokenText()).toBe('access-1');
    await program.core.pause.begin(minute);
    await program.core.pause.begin(2 * minute);
    await program.clock.advance(minute);
    expect(await program.tokenText()).toBe('paused');
  });

  // A monotonic clock counts fractions, which a file of whole milliseconds does not take.
  it('is kept in whole milliseconds', () => {
    let ticks = 0;
    const clock = Object.assign(new FakeClock(), { monotonicNow: () => (ticks += 0.4) });
    const settings = new InMemorySettings();
    void new Pause(settings, clock, () => undefined).begin(hour);
    expect(settings.get('pausedUntil')).toBe(clock.wallNow() + hour);
  });

  it('outlives a restart, and lasts a day at most whatever was stored', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(hour);
    await program.clock.advance(30 * minute);
    await program.restart();
    expect(await program.token()).toMatchObject({ refusal: { code: 'paused', retryAfterSeconds: 1800 } });
    await program.clock.advance(30 * minute);
    await program.restart();
    expect(program.core.pause.until()).toBeNull();
    await program.settings.set('pausedUntil', program.clock.wallNow() + 1000 * hour);
    await program.restart();
    expect(program.core.pause.leftMs()).toBe(24 * hour);
  });

  it('S14 is not prolonged by a clock that is set back', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(hour);
    program.clock.jump(-10 * hour);
    await program.clock.advance(hour);
    expect(program.core.pause.leftMs()).toBe(0);
  });

  it('S14 that is over stays over, whatever the clock says at the next start', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(hour);
    await program.clock.advance(hour);
    expect(await program.tokenText()).toBe('access-2');
    program.clock.jump(-2 * hour);
    await program.restart();
    expect(program.core.pause.leftMs()).toBe(0);
  });

  it('comes before every state, and an unknown account before the pause', async () => {
    const program = await Program.started();
    await program.core.pause.begin(hour);
    expect(await program.tokenText()).toBe('paused');
    await program.signIn();
    program.service.then(refusedAsSuspended);
    await program.core.pause.end();
    await program.clock.advance(46 * minute);
    expect(await program.tokenText()).toBe('suspended');
    await program.core.pause.begin(hour);
    expect(await program.tokenText()).toBe('paused');
    expect(await program.accounts.token({ account: 'eve', minTtlSeconds: 60, tool: null })).toEqual({
      kind: 'unknown_account',
    });
  });

  it('that could not be saved holds all the same, and says so', async () => {
    const program = await Program.signedIn();
    program.settings.writable = false;
    expect(await program.core.pause.begin(hour)).toBe(false);
    expect(await program.tokenText()).toBe('paused');
  });
});
