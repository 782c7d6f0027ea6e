import { describe, expect, it } from 'vitest';
import { VersionWatch } from '../../electron/core/version-watch.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';

const hour = 3_600_000;
const day = 24 * hour;

function watching(settings = new InMemorySettings(), clock = new FakeClock()) {
  const told: (string | null)[] = [];
  const state = { wanted: true, answer: '1.3.0' as string | null, asked: 0, current: '1.2.0' };
  const watch = new VersionWatch({
    clock,
    settings,
    wanted: () => state.wanted,
    newest: () => {
      state.asked += 1;
      return Promise.resolve(state.answer);
    },
    isNewer: (version) => version > state.current,
    changed: () => told.push(watch.found),
  });
  watch.start();
  return { watch, state, told, settings, clock };
}

describe('the look for a newer version', () => {
  it('is made once a day, and says a newer one once', async () => {
    const { watch, state, told, clock } = watching();
    await clock.advance(hour);
    expect([state.asked, watch.found, told]).toEqual([1, '1.3.0', ['1.3.0']]);
    await clock.advance(22 * hour);
    expect(state.asked).toBe(1);
    await clock.advance(3 * day);
    expect([state.asked, told]).toEqual([4, ['1.3.0']]);
  });

  it('leaves a start alone, and asks nothing at the starts of one day', async () => {
    const first = watching();
    await first.clock.advance(60_000);
    expect(first.state.asked).toBe(0);
    await first.clock.advance(hour);
    first.watch.stop();
    const second = watching(first.settings, first.clock);
    expect(second.watch.found).toBe('1.3.0');
    await first.clock.advance(5 * hour);
    expect([first.state.asked, second.state.asked]).toEqual([1, 0]);
  });

  it('is remembered before it is made, so that an answer that kills the program is not asked for again', async () => {
    const settings = new InMemorySettings();
    const clock = new FakeClock();
    const watch = new VersionWatch({
      clock,
      settings,
      wanted: () => true,
      newest: () => {
        expect(settings.get('newVersionLookedAt')).toBe(clock.wallNow());
        return new Promise(() => undefined);
      },
      isNewer: () => true,
      changed: () => undefined,
    });
    watch.start();
    await clock.advance(hour);
    expect(settings.get('newVersionLookedAt')).not.toBeNull();
  });

  it('is not made where nobody wants it, and what was found is not said then', async () => {
    const { watch, state, clock } = watching();
    await clock.advance(hour);
    state.wanted = false;
    expect(watch.found).toBeNull();
    await clock.advance(3 * day);
    expect(state.asked).toBe(1);
  });

  it('says nothing of an older one, of the same, or of none, and forgets one that is installed', async () => {
    for (const answer of ['1.1.0', '1.2.0', null]) {
      const { watch, state, told, clock } = watching();
      state.answer = answer;
      await clock.advance(hour);
      expect([state.asked, watch.found, told]).toEqual([1, null, []]);
    }
    const { watch, state, clock } = watching();
    await clock.advance(hour);
    state.current = '1.3.0';
    expect(watch.found).toBeNull();
  });

  it('takes back a version that was withdrawn', async () => {
    const { state, told, clock } = watching();
    await clock.advance(hour);
    state.answer = '1.1.0';
    await clock.advance(25 * hour);
    expect(told).toEqual(['1.3.0', null]);
  });

  it('is due when the last one lies ahead of the clock', async () => {
    const settings = new InMemorySettings({ newVersionLookedAt: Date.UTC(2040, 0, 1) });
    const { state, clock } = watching(settings);
    await clock.advance(hour);
    expect(state.asked).toBe(1);
  });
});
