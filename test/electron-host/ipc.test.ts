import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

const preload = `
const { contextBridge, ipcRenderer } = require('electron');
const heard = [];
ipcRenderer.on('news', (event, ...args) => heard.push([Object.keys(event).sort().join(), ...args]));
contextBridge.exposeInMainWorld('api', {
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  odd: async (kind) => ipcRenderer.invoke('echo', { function: () => 1, symbol: Symbol('s'), promise: Promise.resolve(), node: document.body }[kind]),
  own: async () => { const a = { list: [1, , 3], date: new Date(5), map: new Map([['k', new Set([1])]]), bytes: new Uint8Array([1, 255]), big: 2n ** 70n, nan: NaN, minus: -0, none: undefined, error: new RangeError('r') }; a.self = a;
    const b = await ipcRenderer.invoke('echo', a);
    return [b.self === b, 1 in b.list, b.date.getTime(), [...b.map.get('k')], [...b.bytes], b.big === a.big, Number.isNaN(b.nan), Object.is(b.minus, -0), 'none' in b, b.error instanceof Error, b.error.message]; },
  classed: async () => Object.keys(Object.getPrototypeOf(await ipcRenderer.invoke('echo', new (class Point { x = 1; move() {} })()))),
  heard: () => heard,
});`;

const before = `
ipcMain.handle('echo', (event, value) => value);
ipcMain.handle('fail', () => { throw Object.assign(new TypeError('went wrong'), { stack: 'at /home/anna/secret.js', extra: 1 }); });
ipcMain.handle('function', () => () => 1);
ipcMain.handle('main-type', (event, value) => [value instanceof Date, Object.prototype.toString.call(value)]);
`;

describe.runIf(hasBrowser)('messages between a window and the main process', () => {
  it('are structured clones, both ways', async () => {
    await using app = await launchSample({ preload, before });
    const page = await app.window();
    expect(await page.evaluate('api.own()')).toEqual([
      true,
      false,
      5,
      [1],
      [1, 255],
      true,
      true,
      true,
      true,
      true,
      'r',
    ]);
    expect(await page.evaluate('api.classed()')).toEqual([]);
    expect(await page.evaluate('api.invoke("main-type", new Date(5))')).toEqual([true, '[object Date]']);
    for (const kind of ['function', 'symbol', 'promise', 'node']) {
      const refused = page.evaluate(`api.odd('${kind}').catch((error) => error.message)`);
      expect(await refused, kind).toBe('An object could not be cloned.');
    }
  });

  it('fail in Electron’s words, with the message alone', async () => {
    await using app = await launchSample({ preload, before });
    const page = await app.window();
    const failure = (channel: string) =>
      page.evaluate(`api.invoke('${channel}').catch((error) => error.message)`);
    expect(await failure('fail')).toBe("Error invoking remote method 'fail': TypeError: went wrong");
    expect(await failure('nobody')).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    expect(await failure('function')).toBe(
      "Error invoking remote method 'function': Error: An object could not be cloned.",
    );
  });

  it('reach a document that listens, and are lost on one that is not there yet', async () => {
    await using app = await launchSample({
      preload,
      before: `app.on('web-contents-created', (_event, contents) => contents.send('news', 'too early'));`,
      after: `window.webContents.send('news', { at: new Date(5) });
        try { window.webContents.send('news', () => 1); } catch (error) { console.log(error.message); }`,
    });
    const page = await app.window();
    await expect.poll(() => page.evaluate('api.heard()')).toEqual([['ports,sender', { at: new Date(5) }]]);
    expect(app.output).toContain('An object could not be cloned.');
  });

  it('name their frame: its parent where it is one, and null once it has gone on', async () => {
    await using app = await launchSample({
      preload: `const { ipcRenderer } = require('electron');
        ipcRenderer.send('hello', location.search);`,
      csp: "default-src 'none'; script-src 'self'; frame-src 'self'",
      page: `<!doctype html><title>t</title><iframe src="page.html?inner"></iframe>`.replace('?inner', ''),
      webPreferences: 'nodeIntegrationInSubFrames: true',
      before: `let count = 0;
        ipcMain.on('hello', (event) => {
          const { senderFrame: frame } = event;
          if ((count += 1) > 2) return;
          console.log(count, frame.url, frame.origin, frame.parent?.url ?? 'top', event.sender.constructor.name);
          if (count === 1) event.sender.once('did-finish-load', async () => {
            console.log('same', event.senderFrame === null);
            await event.sender.loadURL('app://sample/page.html?next');
            console.log('gone', event.senderFrame === null);
            try { frame.url } catch (error) { console.log(error.message) }
          });
        });`,
    });
    await expect.poll(() => app.output).toContain('gone');
    expect(app.output.split('\n').filter((line) => line !== '')).toEqual([
      '1 app://sample/page.html app://sample top WebContents',
      '2 app://sample/page.html app://sample app://sample/page.html WebContents',
      'same false',
      'gone true',
      'Render frame was disposed before WebFrameMain could be accessed',
    ]);
  });

  it('can be forged by a test from any place, as a window that was taken over could', async () => {
    await using app = await launchSample({
      before: `ipcMain.handle('who', ({ senderFrame }) => senderFrame && [senderFrame.url, senderFrame.origin, senderFrame.parent !== null]);`,
    });
    await app.window();
    const ask = (sender: object) => app.control('ipc.invoke', { windowId: 1, ...sender }, 'who', []);
    expect(await ask({ url: 'https://evil.example/x' })).toEqual({
      result: ['https://evil.example/x', 'https://evil.example', false],
    });
    expect(await ask({ subframe: true })).toEqual({
      result: ['app://sample/page.html', 'app://sample', true],
    });
    expect(await ask({ gone: true })).toEqual({ result: null });
  });
});
