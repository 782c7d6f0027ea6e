import { describe, expect, it } from 'vitest';
import { appFolders } from '../support/launch-app.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

const base = (work: string) => `
import { app, BaseWindow, BrowserWindow } from 'electron';
import { join } from 'node:path';
app.setPath('userData', join(import.meta.dirname, 'data'));
for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(name, () => console.log(name));
${work}`;

describe.runIf(hasBrowser)('an app’s single instance', () => {
  it('is told of a second start, and of what it brought; quits in Electron’s order', async () => {
    await using folders = await appFolders();
    const sample = {
      main: base(`
        const first = app.requestSingleInstanceLock({ when: new Date(5) });
        console.log('first', first);
        if (!first) app.exit(3);
        app.on('second-instance', (event, argv, cwd, data) => console.log('second', argv.at(-1), cwd === process.cwd(), data.when.getTime()));
        app.on('ready', () => {
          const window = new BrowserWindow();
          window.on('close', () => console.log('close'));
          window.on('closed', () => console.log('closed'));
        });`),
    };
    await using first = await launchSample(sample, { folders });
    await using second = await launchSample(sample, { folders, args: ['--show'] });
    expect(await second.ended()).toBe(3);
    await expect.poll(() => first.output).toContain('second --show true 5');
    await first.end('SIGKILL');
    // One that died holds it no longer. The next quits, and asks its windows and itself first, in Electron's order.
    await using third = await launchSample(sample, { folders });
    await expect.poll(() => third.output).toContain('first true\n');
    await third.control('app.quit');
    expect(await third.ended()).toBe(0);
    const quitting = ['before-quit', 'close', 'closed', 'will-quit', 'quit'];
    expect(third.output.trim().split('\n')).toEqual(['first true', ...quitting]);
  });
});

describe.runIf(hasBrowser)('an app that quits', () => {
  it('stays when a window keeps itself, and quits by exit all the same', async () => {
    await using app = await launchSample({
      main: base(`app.on('ready', () => {
        const window = new BrowserWindow();
        window.on('close', (event) => event.preventDefault());
      });
      app.on('activate', () => app.exit(5));`),
    });
    await app.control('app.quit');
    await expect.poll(() => app.output).toContain('before-quit');
    expect(await app.control('windows.list')).toHaveLength(1);
    void app.control('app.activate').catch(() => undefined);
    expect(await app.ended()).toBe(5);
    expect(app.output).not.toContain('will-quit');
  });

  it('T16 is ended at once by the end of a session on Windows, which a visible window alone can hold up', async () => {
    await using app = await launchSample({
      main: base(`app.on('ready', () => {
        const window = new BaseWindow({ show: false });
        window.on('query-session-end', (event) => {
          console.log('asked', event.reasons.join());
          event.preventDefault();
        });
        window.on('session-end', () => setImmediate(() => console.log('too late')));
        app.on('activate', () => window.isVisible() ? window.hide() : window.show());
      });`),
    });
    await app.control('app.activate');
    expect(await app.control('session.end', ['shutdown'])).toBe('held');
    await app.control('app.activate');
    await app.control('session.end', ['logoff']).catch(() => undefined);
    expect(await app.ended()).toBe(null);
    expect(app.output).toBe('asked shutdown\nasked logoff\n');
  });

  it('keeps the names that were set before ready, quits on SIGTERM, and by itself when the last window is gone and nobody cares', async () => {
    await using app = await launchSample({
      main: `import { app } from 'electron';
        app.setName('Token Tray');
        try { app.setPath('userData', 'relative'); } catch (error) { console.log(error.message); }
        for (const name of ['before-quit', 'will-quit', 'quit']) app.on(name, () => console.log(name));
        app.on('ready', () => console.log(app.getName(), app.getPath('userData').endsWith('/config/Token Tray'), app.isPackaged, app.getVersion(), process.versions.electron === app.getVersion(), process.type));`,
    });
    await expect.poll(() => app.output).toContain('browser\n');
    expect(await app.end('SIGTERM')).toBe(0);
    expect(app.output).toMatch(
      /^Path must be absolute\nToken Tray true false \d+\.\d+\.\d+ true browser\nbefore-quit\nwill-quit\nquit\n$/,
    );
    await using careless = await launchSample({
      main: `import { app, BrowserWindow } from 'electron';
        app.on('ready', () => new BrowserWindow().close());`,
    });
    expect(await careless.ended()).toBe(0);
  });
});
