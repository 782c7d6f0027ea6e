import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

const report = `require('electron').contextBridge.exposeInMainWorld('report', report);`;

describe.runIf(hasBrowser)('a preload in the stand-in', () => {
  it('may require what a sandboxed one may, and nothing else', async () => {
    await using app = await launchSample({
      preload: `const report = {};
        const names = ['electron', 'events', 'node:events', 'timers', 'url', 'fs', 'node:fs', 'path', 'crypto', 'child_process', './x'];
        for (const name of names) { try { report[name] = typeof require(name); } catch (error) { report[name] = error.message; } }
        ${report}`,
    });
    const page = await app.window();
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

  it('runs in a world of its own, before the page, in the main frame alone', async () => {
    await using app = await launchSample({
      csp: "default-src 'none'; script-src 'self'; frame-src 'self'",
      page: `<!doctype html><title>t</title><script src="page.js"></script><iframe src="page.html?inner"></iframe>`,
      script: `window.early = [typeof api, typeof secret, location.search]; window.mine = 'page';`,
      preload: `globalThis.secret = 1;
        const { contextBridge } = require('electron');
        contextBridge.exposeInMainWorld('api', { pages: () => typeof mine, process: [process.type, process.sandboxed, typeof process.exit, typeof process.binding] });`,
    });
    const page = await app.window();
    expect(await page.evaluate('early')).toEqual(['object', 'undefined', '']);
    expect(await page.evaluate('api.pages()')).toBe('undefined');
    expect(await page.evaluate('api.process')).toEqual(['renderer', true, 'undefined', 'undefined']);
    expect(await page.evaluate('frames[0].early')).toEqual(['undefined', 'undefined', '?inner']);
  });

  it('tells the app of a slip in it, and the page goes on without', async () => {
    await using app = await launchSample({
      preload: `throw new Error('a slip');`,
      before: `app.on('web-contents-created', (_event, contents) =>
        contents.on('preload-error', (_event, path, error) => console.log('preload-error', path.endsWith('preload.cjs'), error.message)));`,
    });
    const page = await app.window();
    expect(await page.title()).toBe('Sample');
    await expect.poll(() => app.output).toContain('preload-error true a slip');
  });
});
