import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

describe.runIf(hasBrowser)('the main module of an app in the stand-in', () => {
  it('sees ready only after it has finished', async () => {
    await using app = await launchSample({
      main: `
        import { app } from 'electron';
        app.on('ready', () => console.log('3 ready', app.isReady()));
        console.log('1 begins', app.isReady());
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        console.log('2 ends', app.isReady());
      `,
    });
    await expect.poll(() => app.output).toBe('1 begins false\n2 ends false\n3 ready true\n');
  });

  it('waits for ever where it waits for ready at its top level', async () => {
    await using app = await launchSample({
      main: `
        import { app } from 'electron';
        setTimeout(() => { console.log('ready:', app.isReady()); app.exit(7); }, 50);
        await app.whenReady();
        console.log('went on');
      `,
    });
    expect(await app.ended()).toBe(7);
    expect(app.output).toBe('ready: false\n');
  });
});

describe.runIf(hasBrowser)('a utility process in the stand-in', () => {
  it('starts only after ready, and speaks with its parent', async () => {
    await using app = await launchSample({
      main: `
        import { app, utilityProcess } from 'electron';
        import { writeFileSync } from 'node:fs';
        import { join } from 'node:path';
        const script = join(import.meta.dirname, 'child.cjs');
        writeFileSync(script, 'process.parentPort.on("message", ({ data }) => process.parentPort.postMessage([data, process.argv[2], process.env.OWN]))');
        try { utilityProcess.fork(script); } catch (error) { console.log(error.message); }
        app.whenReady().then(() => {
          const child = utilityProcess.fork(script, ['argument'], { env: { OWN: 'own' }, stdio: 'ignore' });
          child.on('message', (message) => { console.log(JSON.stringify(message)); child.kill(); });
          child.on('exit', () => console.log('exit', child.pid));
          child.postMessage('hello');
        });
      `,
    });
    await expect
      .poll(() => app.output)
      .toBe(
        'utilityProcess cannot be created before app is ready.\n["hello","argument","own"]\nexit undefined\n',
      );
  });
});

describe.runIf(hasBrowser)('a window in the stand-in', () => {
  it('shows the page that protocol.handle gave, at the app’s own address', async () => {
    await using app = await launchSample({
      preload: `const { contextBridge, ipcRenderer } = require('electron');
        contextBridge.exposeInMainWorld('api', { ask: (value) => ipcRenderer.invoke('ask', value) });`,
      before: `ipcMain.handle('ask', ({ senderFrame }, value) => [senderFrame.url, senderFrame.origin, senderFrame.parent, value]);`,
    });
    const page = await app.window();
    expect(await page.title()).toBe('Sample');
    const [url, origin, parent, value] = await page.evaluate<unknown[]>('api.ask({ at: new Date(5) })');
    expect({ url, origin, parent }).toEqual({
      url: 'app://sample/page.html',
      origin: 'app://sample',
      parent: null,
    });
    expect(value).toEqual({ at: new Date(5) });
  });
});
