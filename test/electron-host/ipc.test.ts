import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

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
ipcMain.handle('who', ({ senderFrame }) => senderFrame && [senderFrame.url, senderFrame.origin, senderFrame.parent !== null]);
app.on('web-contents-created', (_event, contents) => contents.send('news', 'too early'));
`;

/** A page that holds itself, as far as Chromium allows it, and says hello from each of its frames. */
const files = {
  'frames.html': '<!doctype html><title>t</title><iframe src="frames.html"></iframe>',
  'hello.cjs': "require('electron').ipcRenderer.send('hello', location.search);",
};

describe.runIf(hasBrowser)('messages between a window and the main process', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchSample({
      preload,
      before,
      files,
      csp: "default-src 'none'; script-src 'self'; frame-src 'self'",
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('are structured clones, both ways', async () => {
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
    const page = await app.window();
    await inMain(app, "window.webContents.send('news', { at: new Date(5) })");
    const refused = inMain(app, "window.webContents.send('news', () => 1)");
    await expect(refused).rejects.toThrow('An object could not be cloned.');
    await expect.poll(() => page.evaluate('api.heard()')).toEqual([['ports,sender', { at: new Date(5) }]]);
  });

  it('name their frame: its parent where it is one, and null once it has gone on', async () => {
    await inMain(
      app,
      `globalThis.said = [];
      let count = 0;
      ipcMain.on('hello', (event) => {
        const { senderFrame: frame } = event;
        if ((count += 1) > 2) return;
        said.push([count, frame.url, frame.origin, frame.parent?.url ?? 'top', event.sender.constructor.name].join(' '));
        if (count === 1) event.sender.once('did-finish-load', async () => {
          said.push('same ' + (event.senderFrame === null));
          await event.sender.loadURL('app://sample/frames.html?next');
          said.push('gone ' + (event.senderFrame === null));
          try { frame.url } catch (error) { said.push(error.message) }
        });
      });
      const preload = join(here, 'hello.cjs');
      const framed = new BrowserWindow({ webPreferences: { preload, nodeIntegrationInSubFrames: true } });
      await framed.loadURL('app://sample/frames.html');`,
    );
    await expect
      .poll(() => inMain(app, 'return said'))
      .toEqual([
        '1 app://sample/frames.html app://sample top WebContents',
        '2 app://sample/frames.html app://sample app://sample/frames.html WebContents',
        'same false',
        'gone true',
        'Render frame was disposed before WebFrameMain could be accessed',
      ]);
  });

  it('can be forged by a test from any place, as a window that was taken over could', async () => {
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
