import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

const report = `require('electron').contextBridge.exposeInMainWorld('report', report);`;

const files = {
  'requires.cjs': `const report = {};
    const names = ['electron', 'events', 'node:events', 'timers', 'url', 'fs', 'node:fs', 'path', 'crypto', 'child_process', './x'];
    for (const name of names) { try { report[name] = typeof require(name); } catch (error) { report[name] = error.message; } }
    ${report}`,
  'slip.cjs': `throw new Error('a slip');`,
};

describe.runIf(hasBrowser)('a preload in the stand-in', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchSample({
      files,
      csp: "default-src 'none'; script-src 'self'; frame-src 'self'",
      page: `<!doctype html><title>Sample</title><script src="page.js"></script><iframe src="page.html?inner"></iframe>`,
      script: `window.early = [typeof api, typeof secret, location.search]; window.mine = 'page';`,
      preload: `globalThis.secret = 1;
        const { contextBridge } = require('electron');
        contextBridge.exposeInMainWorld('api', { pages: () => typeof mine, process: [process.type, process.sandboxed, typeof process.exit, typeof process.binding] });`,
      before: `app.on('web-contents-created', (_event, contents) =>
        contents.on('preload-error', (_event, path, error) => console.log('preload-error', path.endsWith('slip.cjs'), error.message)));`,
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  /** Shows the page in a window of its own, with another preload. */
  const pageWith = async (preload: string) => {
    await inMain(
      app,
      `const other = new BrowserWindow({ webPreferences: { preload: join(here, '${preload}') } });
      await other.loadURL('app://sample/page.html');`,
    );
    return app.window();
  };

  it('runs in a world of its own, before the page, in the main frame alone', async () => {
    const page = await app.window();
    expect(await page.evaluate('early')).toEqual(['object', 'undefined', '']);
    expect(await page.evaluate('api.pages()')).toBe('undefined');
    expect(await page.evaluate('api.process')).toEqual(['renderer', true, 'undefined', 'undefined']);
    expect(await page.evaluate('frames[0].early')).toEqual(['undefined', 'undefined', '?inner']);
  });

  it('may require what a sandboxed one may, and nothing else', async () => {
    const page = await pageWith('requires.cjs');
    expect(await page.evaluate('report')).toEqual({
      electron: 'object',
      events: 'function',
      'node:events': 'function',
      timers: 'object',
      url: 'object',
      ...Object.fromEntries(
        ['fs', 'node:fs', 'path', 'crypto', 'child_process', './x'].map((name) => [
          name,
          `module not found: ${name}`,
        ]),
      ),
    });
  });

  it('tells the app of a slip in it, and the page goes on without', async () => {
    const page = await pageWith('slip.cjs');
    expect(await page.title()).toBe('Sample');
    await expect.poll(() => app.output).toContain('preload-error true a slip');
  });
});
