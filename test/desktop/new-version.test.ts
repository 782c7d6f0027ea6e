import { describe, expect, it } from 'vitest';
import {
  canReplaceItself,
  isInstalledByMsi,
  NewVersionDesk,
  type Updater,
} from '../../electron/desktop/new-version.ts';

class FakeUpdater implements Updater {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  logger: unknown = console;
  calls: string[] = [];
  download: () => Promise<void> = () => Promise.resolve();
  tellError: () => void = () => undefined;

  on(_event: 'error', listener: () => void): void {
    this.tellError = listener;
  }

  async checkForUpdates(): Promise<void> {
    // By itself it would fetch at once.
    this.calls.push(this.autoDownload ? 'check and fetch' : 'check');
  }
  async downloadUpdate(): Promise<void> {
    this.calls.push('fetch');
    await this.download();
  }
  quitAndInstall(): void {
    this.calls.push('install');
  }
}

function deskWith(updater: FakeUpdater | null, move: (() => boolean) | null = null) {
  const state = {
    found: '1.3.0' as string | null,
    mayEnd: true,
    opened: 0,
    failures: 0,
    stays: 0,
    steps: [] as unknown[],
  };
  const desk = new NewVersionDesk({
    found: () => state.found,
    loadUpdater: updater && (() => Promise.resolve(updater)),
    move,
    openPage: async () => {
      state.opened += 1;
    },
    mayEnd: () => Promise.resolve(state.mayEnd),
    stays: () => (state.stays += 1),
    changed: () => state.steps.push(desk.view?.step),
    failed: () => (state.failures += 1),
  });
  return { desk, state };
}

describe('a newer version', () => {
  it('is fetched when a person says so, and installed when they say so again', async () => {
    const updater = new FakeUpdater();
    const { desk, state } = deskWith(updater);
    expect(desk.view).toEqual({ version: '1.3.0', way: 'install', step: 'there' });
    expect(updater.calls).toEqual([]);
    await desk.take();
    expect([updater.calls, state.steps]).toEqual([
      ['check', 'fetch'],
      ['fetching', 'ready'],
    ]);
    expect([updater.autoInstallOnAppQuit, updater.allowDowngrade, updater.logger]).toEqual([
      false,
      false,
      null,
    ]);
    await desk.take();
    expect(updater.calls.at(-1)).toBe('install');
  });

  it('is fetched once, however often that is said', async () => {
    const updater = new FakeUpdater();
    let finish: () => void = () => undefined;
    updater.download = () => new Promise((resolve) => (finish = resolve));
    const { desk } = deskWith(updater);
    const taken = desk.take();
    await desk.take();
    await expect.poll(() => updater.calls).toEqual(['check', 'fetch']);
    finish();
    await taken;
    expect(updater.calls).toEqual(['check', 'fetch']);
  });

  it('that is not signed as it should be, or does not come, is not installed, and may be tried again', async () => {
    const updater = new FakeUpdater();
    updater.download = () => Promise.reject(new Error('not signed by the application owner'));
    const { desk, state } = deskWith(updater);
    await desk.take();
    expect([desk.view?.step, state.failures]).toEqual(['failed', 1]);
    updater.download = () => Promise.resolve();
    await desk.take();
    expect([desk.view?.step, updater.calls.includes('install')]).toEqual(['ready', false]);
  });

  it('is not what was fetched before it, nor what failed', async () => {
    const updater = new FakeUpdater();
    const { desk, state } = deskWith(updater);
    await desk.take();
    state.found = '1.4.0';
    expect(desk.view).toMatchObject({ version: '1.4.0', step: 'there' });
    updater.download = () => Promise.reject(new Error('offline'));
    await desk.take();
    expect(desk.view?.step).toBe('failed');
    state.found = '1.5.0';
    expect(desk.view?.step).toBe('there');
    expect(updater.calls).not.toContain('install');
  });

  it('is installed only after whatever a quit would ask, since the installer does not wait for an answer', async () => {
    const updater = new FakeUpdater();
    const { desk, state } = deskWith(updater);
    await desk.take();
    state.mayEnd = false;
    await desk.take();
    expect([updater.calls.includes('install'), desk.view?.step]).toEqual([false, 'ready']);
    state.mayEnd = true;
    await Promise.all([desk.take(), desk.take()]);
    expect(updater.calls.filter((call) => call === 'install')).toHaveLength(1);
  });

  it('whose signature the system refuses only when it is to be installed has failed, and may be tried again', async () => {
    const updater = new FakeUpdater();
    const { desk, state } = deskWith(updater);
    await desk.take();
    await desk.take();
    updater.tellError();
    expect([desk.view?.step, state.failures]).toEqual(['failed', 1]);
    await desk.take();
    expect(desk.view?.step).toBe('ready');
  });

  it('opens the page of the releases where the program cannot check what it would install', async () => {
    const { desk, state } = deskWith(null);
    expect(desk.view?.way).toBe('page');
    await desk.take();
    expect([state.opened, desk.view?.step]).toEqual([1, 'there']);
  });

  it('that is not there is not taken', async () => {
    const updater = new FakeUpdater();
    const { desk, state } = deskWith(updater);
    state.found = null;
    await desk.take();
    expect([desk.view, updater.calls]).toEqual([null, []]);
  });

  it('M6 asks for a move to the Applications folder before anything is fetched', async () => {
    const updater = new FakeUpdater();
    let moves = 0;
    let moved = () => true;
    const { desk, state } = deskWith(updater, () => {
      moves += 1;
      return moved();
    });
    expect(desk.view).toMatchObject({ way: 'move', step: 'there' });
    state.mayEnd = false;
    await desk.take();
    expect([moves, desk.view?.step, state.stays]).toEqual([0, 'there', 0]);
    state.mayEnd = true;
    moved = () => false;
    await desk.take();
    expect([moves, desk.view?.step, state.stays]).toEqual([1, 'there', 1]);
    moved = () => {
      throw new Error('No permission to write');
    };
    await desk.take();
    expect([moves, desk.view?.step, state.failures, state.stays]).toEqual([2, 'failed', 1, 2]);
    moved = () => true;
    await desk.take();
    expect([moves, updater.calls]).toEqual([3, []]);
  });

  it('S2 is not looked for by a copy that the MSI installed for all users', () => {
    const execPath = 'C:\\Program Files\\Token Tray\\Token Tray.exe';
    const uninstaller = 'C:\\Program Files\\Token Tray\\Uninstall Token Tray.exe';
    expect(isInstalledByMsi({ platform: 'win32', execPath }, () => false)).toBe(true);
    expect(isInstalledByMsi({ platform: 'win32', execPath }, (path) => path === uninstaller)).toBe(false);
    expect(isInstalledByMsi({ platform: 'darwin', execPath }, () => false)).toBe(false);
  });

  it('replaces this one where its signature is checked: macOS, and Windows with a name to compare', () => {
    expect(canReplaceItself('darwin', false)).toBe(true);
    expect(canReplaceItself('win32', true)).toBe(true);
    expect(canReplaceItself('win32', false)).toBe(false);
    expect(canReplaceItself('linux', true)).toBe(false);
  });
});
