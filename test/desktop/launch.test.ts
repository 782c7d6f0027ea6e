import { EventEmitter } from 'node:events';
import { symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { App } from 'electron';
import {
  refusedLaunch,
  startNothingFromCurrentFolder,
  startsHidden,
} from '../../electron/desktop/launch-switches.ts';
import { becomeOnlyInstance } from '../../electron/desktop/single-instance.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const program = '/opt/Token Tray/token-tray';

function refused(args: readonly string[], env: Record<string, string> = {}, packaged = true): string | null {
  return refusedLaunch({ argv: [program, ...args], env, packaged });
}

describe('the start of a release', () => {
  it('is what it is without switches, with our own, and with harmless ones', () => {
    expect(refused([])).toBeNull();
    expect(refused(['--hidden', '--lang=ar', '--ozone-platform=wayland', 'inspect', '--'])).toBeNull();
    expect(refused([], { NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_OPTIONS: '' })).toBeNull();
  });

  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0.0.0.0:9229',
    '--js-flags=--expose-gc',
    '--log-net-log=/tmp/net.json',
    '--ignore-certificate-errors',
    '--proxy-server=evil:8080',
    '--host-resolver-rules=MAP * evil',
    '--disable-web-security',
    '--user-data-dir=/tmp/other',
    '--no-sandbox',
    '--disable-seccomp-filter-sandbox',
    '--single-process',
    '-remote-debugging-port=9222',
    '--Remote-Debugging-Port=9222',
    '/remote-debugging-port:9222'.replace(':', '='),
    ' --inspect',
  ])('I08 is refused with %s', (arg) => {
    expect(refused([arg])).toMatch(/^--[a-z-]+$/);
    expect(refused(['--hidden', arg])).not.toBeNull();
  });

  it.each([
    { ELECTRON_RUN_AS_NODE: '1' },
    { NODE_OPTIONS: '--require /tmp/evil.js' },
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    { ELECTRON_LOG_FILE: '/tmp/log' },
    { ELECTRON_DISABLE_SANDBOX: '1' },
    { SSLKEYLOGFILE: '/tmp/keys' },
  ])('I08 is refused with %o', (env) => {
    expect(refused([], env)).toBe(Object.keys(env)[0]);
  });

  it('of a build that is worked on is nobody’s business', () => {
    expect(refused(['--inspect'], { NODE_OPTIONS: '--cpu-prof' }, false)).toBeNull();
  });

  it('at login is told by one switch, exactly', () => {
    expect(startsHidden([program, '--hidden'])).toBe(true);
    for (const arg of ['--hidden=false', 'hidden', '--HIDDEN'])
      expect(startsHidden([program, arg])).toBe(false);
    expect(startsHidden(['--hidden'])).toBe(false);
  });
});

describe('a second start', () => {
  class FakeApp extends EventEmitter {
    userData = '';
    /** What Electron answers, in turn; `true` once they are used up. */
    answers: boolean[] = [];
    requestSingleInstanceLock(): boolean {
      return this.answers.shift() ?? true;
    }
    getPath(): string {
      return this.userData;
    }
    get asApp(): App {
      return this as unknown as App;
    }
  }

  it('shows the window of the first and ends', () => {
    const app = new FakeApp();
    const show = vi.fn();
    expect(becomeOnlyInstance(app.asApp, show)).toBe('only');
    app.emit('second-instance', {}, [program], '/', {});
    expect(show).toHaveBeenCalledOnce();
  });

  it.skipIf(process.platform === 'win32').each([
    ['this host and a process', 'told', `${hostname()}-1`],
    ['another host name, and a process that runs here', 'told', `elsewhere-${process.ppid}`],
    ['another host name, and no process', 'unknown', 'elsewhere-999999999'],
    ['this process, which found no room for more', 'unknown', `${hostname()}-${process.pid}`],
  ] as const)('G07 with a lock that names %s is %s', async (_what, answer, lock) => {
    const app = new FakeApp();
    app.userData = await temporaryHome();
    symlinkSync(lock, join(app.userData, 'SingletonLock'));
    app.answers = [false, false];
    expect(becomeOnlyInstance(app.asApp, vi.fn())).toBe(answer);
    expect(app.eventNames()).toEqual([]);
  });

  it('G07 without a lock tries again, since the first may have ended meanwhile', async () => {
    const app = new FakeApp();
    app.userData = await temporaryHome();
    app.answers = [false, true];
    expect(becomeOnlyInstance(app.asApp, vi.fn())).toBe('only');
    app.answers = [false, false];
    expect(becomeOnlyInstance(app.asApp, vi.fn())).toBe('unknown');
  });

  it('I07 is not listened to: no switch, no link, no data', () => {
    const app = new FakeApp();
    const show = vi.fn();
    becomeOnlyInstance(app.asApp, show);
    const huge = 'x'.repeat(31 * 1024 * 1024);
    app.emit('second-instance', {}, [program, '--js-flags=--evil', 'token-tray://sign-out', huge], '/', {
      huge,
    });
    expect(show.mock.calls).toEqual([[]]);
  });

  it('by the system at login shows nothing', () => {
    const app = new FakeApp();
    const show = vi.fn();
    becomeOnlyInstance(app.asApp, show);
    app.emit('second-instance', {}, [program, '--hidden'], '/', {});
    expect(show).not.toHaveBeenCalled();
  });

  it('G02 shows the window on macOS, where an icon may be hidden', () => {
    const app = new FakeApp();
    const show = vi.fn();
    becomeOnlyInstance(app.asApp, show);
    app.emit('activate', {}, false);
    expect(show).toHaveBeenCalledOnce();
  });
});

it('W4 starts no program of the current folder on Windows, not even by a library', () => {
  const started = (platform: string) => {
    const env: NodeJS.ProcessEnv = {};
    startNothingFromCurrentFolder(env, platform);
    return env;
  };
  expect(started('win32')).toEqual({ NoDefaultCurrentDirectoryInExePath: '1' });
  expect(started('linux')).toEqual({});
});
