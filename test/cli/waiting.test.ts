import { describe, expect, it } from 'vitest';
import type { Unreachable } from '../../electron/cli/connection.ts';
import type { Answer } from '../../electron/cli/http-exchange.ts';
import { answerWithin } from '../../electron/cli/waiting.ts';
import { failed, succeeded, type Result } from '../../electron/contract/result.ts';

type Asked = Result<Answer, Unreachable>;

const token: Asked = succeeded({ status: 200, retryAfter: null, body: '{}' });
const notRunning: Asked = failed({ code: 'not_running', home: '/h' });

function refused(code: string, retryAfter: number | null = null): Asked {
  return succeeded({ status: 503, retryAfter, body: JSON.stringify({ code, detail: `It is ${code}.` }) });
}

/** An endpoint whose state changes at a second; what it answered is remembered with the time. */
class Scene {
  seconds = 0;
  readonly asked: number[] = [];
  readonly said: string[] = [];
  readonly #before: Asked;
  readonly #changesAt: number;

  constructor(before: Asked, changesAt = Infinity) {
    this.#before = before;
    this.#changesAt = changesAt;
  }

  wait(seconds: number): Promise<Asked> {
    return answerWithin(seconds, {
      ask: async () => {
        this.asked.push(this.seconds);
        return this.seconds >= this.#changesAt ? token : this.#before;
      },
      look: async () => (this.seconds >= this.#changesAt ? 'active' : 'other'),
      now: () => this.seconds * 1000,
      sleep: async (milliseconds) => (this.seconds += milliseconds / 1000),
      say: (text) => this.said.push(text),
    });
  }
}

describe('waiting for a token', () => {
  it('asks once where there is one, and says nothing', async () => {
    const scene = new Scene(refused('signed_out'), 0);
    expect(await scene.wait(60)).toBe(token);
    expect(scene).toMatchObject({ asked: [0], said: [] });
  });

  it.each(['signed_out', 'suspended', 'locked', 'not_saved', 'paused'])(
    'for a person (%s) looks each second and asks again only when the state has changed',
    async (code) => {
      const scene = new Scene(refused(code), 30);
      expect(await scene.wait(60)).toBe(token);
      expect(scene.asked).toEqual([0, 30]);
      expect(scene.said).toEqual([`It is ${code}.\nWaiting up to 60 s for that.`]);
    },
  );

  it('for Token Tray to be started', async () => {
    const scene = new Scene(notRunning, 5);
    expect(await scene.wait(60)).toBe(token);
    expect(scene.asked).toEqual([0, 5]);
  });

  it.each([
    ['offline', 20],
    ['budget_exhausted', 20],
    ['rate_limited', 20],
    ['paused', 20],
  ])('for time to pass (%s) asks again when the named wait is over', async (code, seconds) => {
    const scene = new Scene(refused(code, seconds));
    await scene.wait(50);
    expect(scene.asked).toEqual([0, 20, 40, 50]);
    expect(scene.said).toHaveLength(1);
  });

  it('ends in time with the last answer, asked for at the very end', async () => {
    const scene = new Scene(refused('signed_out'));
    expect(await scene.wait(2.5)).toEqual(refused('signed_out'));
    expect(scene).toMatchObject({ seconds: 2.5, asked: [0, 2.5] });
  });

  it.each(['forbidden', 'not_found', 'bad_request', 'bad_key'])(
    'gives up at once on what no waiting mends: %s',
    async (code) => {
      const scene = new Scene(refused(code));
      expect(await scene.wait(60)).toEqual(refused(code));
      expect(scene).toMatchObject({ asked: [0], said: [] });
    },
  );
});
