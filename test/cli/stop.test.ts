import { describe, expect, it } from 'vitest';
import { failed, succeeded } from '../../electron/contract/result.ts';
import type { Unreachable } from '../../electron/cli/connection.ts';
import { stopOwner, type StopParts } from '../../electron/cli/stop.ts';

const pid = 4711;
const patient = { limitMs: 60_000 };
const accepted = succeeded({ status: 202 });
const removed: Unreachable = { code: 'owner_unreachable', home: '/h', pid, missing: 'endpoint.json' };

/** A home whose owner ends after it was looked for so many times more. */
class OwnedHome {
  asked = 0;
  looksLeft = Infinity;
  next: number | null = null;

  readonly findOwner = (): Promise<{ readonly pid: number | null } | null> => {
    this.looksLeft -= 1;
    if (this.looksLeft >= 0) return Promise.resolve({ pid });
    return Promise.resolve(this.next === null ? null : { pid: this.next });
  };

  /** Answers in turn; the last one is the owner's, who ends then. */
  answering(...answers: Awaited<ReturnType<StopParts['ask']>>[]): StopParts['ask'] {
    return () => {
      this.asked += 1;
      const answer = answers.shift() ?? accepted;
      if (answers.length === 0) this.looksLeft = 1;
      return Promise.resolve(answer);
    };
  }
}

describe('stopping the owner of a home', () => {
  it('A8 asks once, and waits until the home is free', async () => {
    const home = new OwnedHome();
    const end = await stopOwner({ findOwner: home.findOwner, ask: home.answering(accepted), ...patient });
    expect([end, home.asked]).toEqual([{ kind: 'stopped' }, 1]);
  });

  it('A8 asks again while endpoint.json is missing, or an earlier owner’s', async () => {
    const home = new OwnedHome();
    const ask = home.answering(failed(removed), succeeded({ status: 401 }), accepted);
    expect(await stopOwner({ findOwner: home.findOwner, ask, ...patient })).toEqual({ kind: 'stopped' });
    expect(home.asked).toBe(3);
  });

  it('A8 is done where a supervisor has started the next one already', async () => {
    const home = new OwnedHome();
    home.next = 4712;
    const ask = home.answering(accepted);
    expect(await stopOwner({ findOwner: home.findOwner, ask, ...patient })).toEqual({ kind: 'stopped' });
  });

  const stillRunning = { code: 'still_running', pid };
  it.each([
    ['asked, and does not end', () => Promise.resolve(accepted), stillRunning],
    [
      'an older one that knows no such request',
      () => Promise.resolve(succeeded({ status: 404 })),
      stillRunning,
    ],
    ['without an address', () => Promise.resolve(failed(removed)), removed],
    ['deaf', () => new Promise<never>(() => undefined), stillRunning],
  ])('A8 says which process still runs: %s', async (_, ask, failure) => {
    const { findOwner } = new OwnedHome();
    expect(await stopOwner({ findOwner, ask, limitMs: 250 })).toEqual({ kind: 'still_running', failure });
  });

  it('A8 finds nothing to stop in a home that is free, and asks nothing', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    const findOwner = () => Promise.resolve(null);
    expect(await stopOwner({ findOwner, ask, ...patient })).toEqual({ kind: 'nothing_running' });
  });
});
