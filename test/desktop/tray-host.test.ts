import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { askDesktop, TrayHost } from '../../electron/desktop/tray-host.ts';
import { FakeClock } from '../support/fake-clock.ts';

function hostOn(platform: NodeJS.Platform, present: boolean) {
  const clock = new FakeClock();
  const desktop: { present: boolean | null; asked: number } = { present, asked: 0 };
  const changed = vi.fn();
  const host = new TrayHost({
    platform,
    clock,
    ask: async () => {
      desktop.asked += 1;
      return desktop.present;
    },
    changed,
  });
  return { clock, desktop, changed, host };
}

describe('the place for icons', () => {
  it.each(['darwin', 'win32'] as const)('is always there on %s', async (platform) => {
    const { desktop, host } = hostOn(platform, false);
    expect(await host.wait(15_000)).toBe(true);
    expect(desktop.asked).toBe(0);
  });

  it('G01 is waited for at the start, as a panel may start a moment after us', async () => {
    const { clock, desktop, changed, host } = hostOn('linux', false);
    const waiting = host.wait(15_000);
    await clock.advance(4_000);
    desktop.present = true;
    await clock.advance(2_000);
    expect(await waiting).toBe(true);
    expect(changed).toHaveBeenCalledOnce();
    const { asked } = desktop;
    await clock.advance(600_000);
    expect(desktop.asked).toBe(asked);
  });

  it('G01 is not waited for beyond that, and used when it comes after all', async () => {
    const { clock, desktop, changed, host } = hostOn('linux', false);
    const waiting = host.wait(15_000);
    await clock.advance(20_000);
    expect(await waiting).toBe(false);
    expect(host.present).toBe(false);
    desktop.present = true;
    await clock.advance(60_000);
    expect(host.present).toBe(true);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('G01 is noticed to be gone when somebody looks', async () => {
    const { desktop, host } = hostOn('linux', true);
    await host.look();
    expect(host.present).toBe(true);
    desktop.present = false;
    await host.look();
    expect(host.present).toBe(false);
  });

  it('stays as it was while the session bus does not answer, and is asked for again', async () => {
    const { clock, desktop, changed, host } = hostOn('linux', true);
    await host.look();
    desktop.present = null;
    await host.look();
    expect([host.present, changed.mock.calls.length]).toEqual([true, 1]);
    desktop.present = false;
    await clock.advance(60_000);
    expect(host.present).toBe(false);
  });

  it('T20 is taken for what the latest look found, whichever is answered last', async () => {
    const answers: ((present: boolean) => void)[] = [];
    const host = new TrayHost({
      platform: 'linux',
      clock: new FakeClock(),
      ask: () => new Promise((resolve) => answers.push(resolve)),
      changed: () => undefined,
    });
    const looks = [host.look(), host.look()];
    answers[1]?.(true);
    answers[0]?.(false);
    await Promise.all(looks);
    expect(host.present).toBe(true);
  });

  it('is asked for seldom where there is none, and no more at the end of the program', async () => {
    const { clock, desktop, host } = hostOn('linux', false);
    await host.look();
    await clock.advance(3_600_000);
    expect(desktop.asked).toBeLessThan(100);
    host.close();
    expect(clock.pendingAlarms).toBe(0);
  });
});

describe('the question to the desktop', () => {
  it.each([
    [{ kind: 'answered', text: '(<true>,)' }, true],
    [{ kind: 'answered', text: '(<false>,)' }, false],
    [{ kind: 'failed' }, false],
    [{ kind: 'unknown' }, null],
  ] as const)('takes %j for %s', async (answer, present) => {
    expect(await askDesktop(() => Promise.resolve(answer))).toBe(present);
  });

  it.skipIf(process.platform === 'win32')(
    'G01 is answered “none” where no panel is on the bus, and where there is no bus',
    async () => {
      const program = `import { askDesktop } from './electron/desktop/tray-host.ts'; console.log(await askDesktop());`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        env: { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await once(child, 'close');
      expect(printed.trim()).toBe('false');
    },
  );
});
