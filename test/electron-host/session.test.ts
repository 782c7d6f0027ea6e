import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

const asks = `
const permission = async (name) => (await navigator.permissions.query({ name })).state;
window.asked = async () => [await permission('geolocation'), await permission('notifications'), await Notification.requestPermission(), await permission('microphone'),
   await navigator.clipboard.readText().then(() => 'read', (error) => error.name)];`;

describe.runIf(hasBrowser)('permissions of a page', () => {
  it('are refused where the app’s handlers refuse', async () => {
    await using app = await launchSample({
      script: asks,
      before: `session.defaultSession.setPermissionRequestHandler((contents, permission, callback) => callback(false));
        session.defaultSession.setPermissionCheckHandler(() => false);
        session.defaultSession.setDevicePermissionHandler(() => false);`,
    });
    const page = await app.window();
    expect(await page.evaluate('asked()')).toEqual([
      'denied',
      'denied',
      'denied',
      'denied',
      'NotAllowedError',
    ]);
    const asked = await app.control('permissions.asked');
    expect(asked.map(({ permission }) => permission)).toEqual(
      expect.arrayContaining(['hid', 'serial', 'usb', 'media']),
    );
    expect(asked.filter(({ allowed }) => allowed)).toEqual([]);
  });

  it('are granted where the app has no handlers, as in Electron', async () => {
    await using app = await launchSample({ script: asks });
    const page = await app.window();
    expect((await page.evaluate<string[]>('asked()')).slice(0, 4)).toEqual(Array(4).fill('granted'));
  });
});

describe.runIf(hasBrowser)('the requests of a page', () => {
  it('are held to the policy that came with it, by the browser itself', async () => {
    await using app = await launchSample({
      script: `window.broken = []; addEventListener('securitypolicyviolation', ({ effectiveDirective }) => broken.push(effectiveDirective));
        const image = new Image(); image.src = 'https://evil.example/x.png';
        fetch('https://evil.example/').catch(() => undefined);
        try { eval('1'); } catch (error) { window.evaluated = error.name; }`,
    });
    const page = await app.window();
    await expect.poll(() => page.evaluate('broken.toSorted().join()')).toBe('connect-src,img-src,script-src');
    expect(await page.evaluate('evaluated')).toBe('EvalError');
  });

  it('go to the app’s handlers, and to no network where a policy lets them through', async () => {
    await using app = await launchSample({
      csp: "default-src * 'self'",
      script: `window.fetched = (url) => fetch(url).then(({ status }) => status, (error) => error.name);`,
      before: `session.defaultSession.webRequest.onBeforeRequest({ urls: ['app://sample/held*'] }, (details, callback) => callback({ cancel: true }));
        session.defaultSession.webRequest.onHeadersReceived((details, callback) => callback({ responseHeaders: { ...details.responseHeaders, 'x-added': [details.url] } }));`,
    });
    const page = await app.window();
    expect(await page.evaluate("fetched('nothing')")).toBe(404);
    expect(await page.evaluate("fetched('held')")).toBe('TypeError');
    expect(await page.evaluate("fetched('https://example.com/')")).toBe('TypeError');
    expect(await page.evaluate("fetch('page.js').then(({ headers }) => headers.get('x-added'))")).toContain(
      'page.js',
    );
  });
});

describe.runIf(hasBrowser)('the app’s own scheme', () => {
  it('must be registered before ready', async () => {
    await using app = await launchSample({
      main: `import { app, protocol, session } from 'electron';
        const attempt = (work) => { try { work(); console.log('done'); } catch (error) { console.log(error.message); } };
        attempt(() => protocol.handle('app', () => new Response('')));
        attempt(() => session.defaultSession);
        app.on('ready', () => {
          attempt(() => protocol.registerSchemesAsPrivileged([]));
          attempt(() => app.enableSandbox());
        });`,
    });
    await expect
      .poll(() => app.output.trim().split('\n'))
      .toEqual([
        'protocol.handle should be called after app is ready',
        'Session can only be received when app is ready',
        'protocol.registerSchemesAsPrivileged should be called before app is ready',
        'app.enableSandbox() can only be called before app is ready',
      ]);
  });
});
