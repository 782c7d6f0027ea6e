import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

const script = `
const permission = async (name) => (await navigator.permissions.query({ name })).state;
window.asked = async () => [await permission('geolocation'), await permission('notifications'), await Notification.requestPermission(), await permission('microphone'),
   await navigator.clipboard.readText().then(() => 'read', (error) => error.name)];
window.fetched = (url) => fetch(url).then(({ status }) => status, (error) => error.name);
window.broken = []; addEventListener('securitypolicyviolation', ({ effectiveDirective }) => broken.push(effectiveDirective));
const image = new Image(); image.src = 'https://evil.example/x.png';
fetch('https://evil.example/').catch(() => undefined);
try { eval('1'); } catch (error) { window.evaluated = error.name; }`;

/** What may be done before \`ready\` alone, and what after it alone. */
const early = `
const attempt = (work) => { try { work(); console.log('done'); } catch (error) { console.log(error.message); } };
attempt(() => protocol.handle('app', () => new Response('')));
attempt(() => session.defaultSession);
app.on('ready', () => {
  attempt(() => protocol.registerSchemesAsPrivileged([]));
  attempt(() => app.enableSandbox());
});`;

describe.runIf(hasBrowser)('a session in the stand-in', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchSample({ script, early });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('has its schemes registered before ready', async () => {
    await expect
      .poll(() => app.output.trim().split('\n'))
      .toEqual([
        'protocol.handle should be called after app is ready',
        'Session can only be received when app is ready',
        'protocol.registerSchemesAsPrivileged should be called before app is ready',
        'app.enableSandbox() can only be called before app is ready',
      ]);
  });

  it('holds a page to the policy that came with it, by the browser itself', async () => {
    const page = await app.window();
    await expect.poll(() => page.evaluate('broken.toSorted().join()')).toBe('connect-src,img-src,script-src');
    expect(await page.evaluate('evaluated')).toBe('EvalError');
  });

  it('grants permissions where the app has no handlers, as in Electron', async () => {
    const page = await app.window();
    expect((await page.evaluate<string[]>('asked()')).slice(0, 4)).toEqual(Array(4).fill('granted'));
  });

  it('refuses permissions where the app’s handlers refuse', async () => {
    const before = (await app.control('permissions.asked')).length;
    await inMain(
      app,
      `session.defaultSession.setPermissionRequestHandler((contents, permission, callback) => callback(false));
      session.defaultSession.setPermissionCheckHandler(() => false);
      session.defaultSession.setDevicePermissionHandler(() => false);
      await window.loadURL('app://sample/page.html');`,
    );
    const page = await app.window();
    expect(await page.evaluate('asked()')).toEqual([
      'denied',
      'denied',
      'denied',
      'denied',
      'NotAllowedError',
    ]);
    const asked = (await app.control('permissions.asked')).slice(before);
    expect(asked.map(({ permission }) => permission)).toEqual(
      expect.arrayContaining(['hid', 'serial', 'usb', 'media']),
    );
    expect(asked.filter(({ allowed }) => allowed)).toEqual([]);
  });

  it('sends requests to the app’s handlers, and to no network where a policy lets them through', async () => {
    await inMain(
      app,
      `session.defaultSession.webRequest.onBeforeRequest({ urls: ['app://sample/held*'] }, (details, callback) => callback({ cancel: true }));
      session.defaultSession.webRequest.onHeadersReceived((details, callback) => callback({ responseHeaders: { ...details.responseHeaders, 'x-added': [details.url] } }));
      csp = "default-src * 'self'";
      await window.loadURL('app://sample/page.html');`,
    );
    const page = await app.window();
    expect(await page.evaluate("fetched('nothing')")).toBe(404);
    expect(await page.evaluate("fetched('held')")).toBe('TypeError');
    expect(await page.evaluate("fetched('https://example.com/')")).toBe('TypeError');
    expect(await page.evaluate("fetch('page.js').then(({ headers }) => headers.get('x-added'))")).toContain(
      'page.js',
    );
  });
});
