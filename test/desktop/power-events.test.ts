import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { PowerMonitor } from 'electron';
import { watchPower } from '../../electron/desktop/power-events.ts';

const systemEvents = ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown'];

/** What each event of the system leads to. */
function heardOn(platform: NodeJS.Platform): string[] {
  const monitor = new EventEmitter();
  const heard: string[] = [];
  const hear = (name: string) => vi.fn(() => void heard.push(name));
  watchPower(monitor as unknown as PowerMonitor, platform, {
    suspended: hear('suspended'),
    resumed: hear('resumed'),
    screenLocked: hear('screenLocked'),
    screenUnlocked: hear('screenUnlocked'),
    shuttingDown: hear('shuttingDown'),
  });
  for (const event of systemEvents) monitor.emit(event);
  return heard;
}

describe('the power events', () => {
  it('T08 hold a shutdown up until the program has ended', () => {
    const monitor = new EventEmitter();
    const [shuttingDown, preventDefault, other] = [vi.fn(), vi.fn(), vi.fn()];
    const events = {
      suspended: other,
      resumed: other,
      screenLocked: other,
      screenUnlocked: other,
      shuttingDown,
    };
    watchPower(monitor as unknown as PowerMonitor, 'linux', events);
    monitor.emit('shutdown', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(shuttingDown).toHaveBeenCalledOnce();
  });

  it('T05 of each system are those that it has', () => {
    const all = ['suspended', 'resumed', 'screenLocked', 'screenUnlocked', 'shuttingDown'];
    expect(heardOn('darwin')).toEqual(all);
    expect(heardOn('win32')).toEqual(all.slice(0, 4));
    expect(heardOn('linux')).toEqual(['suspended', 'resumed', 'shuttingDown']);
  });
});
