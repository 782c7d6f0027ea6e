import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

const page =
  '<!doctype html><title>Home</title><a id="link" href="https://evil.example/">away</a><a id="new" target="_blank" href="https://evil.example/new">new</a>';
const logged = `
globalThis.prevented = true;
app.on('web-contents-created', (_event, contents) => {
  for (const name of ['will-navigate', 'will-redirect'])
    contents.on(name, (event, url) => { console.log(name, event.url, url === event.url); if (prevented) event.preventDefault(); });
});`;

const kinds: readonly (readonly [name: string, script: string, told: string])[] = [
  ['a script', "location.href = 'https://evil.example/'", 'https://evil.example/'],
  ['a link', "document.getElementById('link').click()", 'https://evil.example/'],
  ['another page of the scheme', "location.href = 'app://other-host/x'", 'app://other-host/x'],
  [
    'a blob',
    "location.href = URL.createObjectURL(new Blob(['b'], { type: 'text/html' }))",
    'blob:app://sample/',
  ],
  [
    'a form',
    "(() => { const form = document.createElement('form'); form.action = 'https://evil.example/form'; document.body.append(form); form.submit(); })()",
    'https://evil.example/form?',
  ],
];

describe.runIf(hasBrowser)('a page in the stand-in', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchSample({ page, before: logged, csp: "script-src 'self'" });
    await app.window();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('is not asked about what the app itself or a test loads', async () => {
    await inMain(app, "await window.loadURL('app://sample/page.html?2')");
    const window = await app.window();
    await expect.poll(() => window.url()).toContain('?2');
    await window.goto(window.url().replace('?2', '?3'));
    expect(app.output).toBe('');
  });

  it('stays where it is when the app prevents it', async () => {
    await inMain(app, "await window.loadURL('app://sample/page.html')");
    const window = await app.window();
    for (const [name, script, told] of kinds) {
      await window.evaluate(script);
      await expect.poll(() => app.output, { message: name }).toContain(`will-navigate ${told}`);
    }
    await expect.poll(() => window.title()).toBe('Home');
    expect((await app.control('windows.list'))[0]?.url).toBe('app://sample/page.html');
  });

  it('gets no window when the app denies it', async () => {
    await inMain(
      app,
      "window.webContents.setWindowOpenHandler(({ url }) => { console.log('asked', url); return { action: 'deny' }; })",
    );
    const window = await app.window();
    expect(await window.evaluate("window.open('https://evil.example/open')")).toBe(null);
    await window.evaluate("document.getElementById('new').click()");
    await window.click('#link', { modifiers: ['ControlOrMeta'] });
    await expect
      .poll(async () => (await app.control('windows.list'))[0]?.popups)
      .toEqual([
        'deny https://evil.example/open',
        'deny https://evil.example/new',
        'deny https://evil.example/',
      ]);
    expect(await app.control('windows.list')).toHaveLength(1);
    await expect
      .poll(() =>
        window
          .context()
          .pages()
          .filter((other) => other.url().includes('evil')),
      )
      .toEqual([]);
  });

  it('is held at a redirect of the app’s own scheme', async () => {
    const message = await inMain(
      app,
      `protocol.unhandle('app');
      protocol.handle('app', ({ url }) => url.endsWith('/moved')
        ? new Response(null, { status: 302, headers: { location: 'https://evil.example/moved' } })
        : new Response('<title>Home</title>', { headers: { 'content-type': 'text/html' } }));
      return window.loadURL('app://sample/moved').then(() => 'loaded', (error) => error.message);`,
    );
    expect(message).toContain("ERR_ABORTED (-3) loading 'app://sample/moved'");
    await expect.poll(() => app.output).toContain('will-redirect https://evil.example/moved true');
  });

  it('gets a window when the app says nothing, as in Electron', async () => {
    await inMain(app, "window.webContents.setWindowOpenHandler(null); await window.loadURL('app://sample/')");
    const window = await app.window();
    await window.evaluate("window.open('https://evil.example/open')");
    await expect.poll(() => app.control('windows.list')).toHaveLength(2);
  });

  it('goes elsewhere when nobody prevents it, so that a missing guard is seen', async () => {
    await inMain(
      app,
      'prevented = false; for (const other of BrowserWindow.getAllWindows()) if (other !== window) other.destroy()',
    );
    const window = await app.window();
    await window.evaluate("location.href = 'https://evil.example/nobody'");
    await expect.poll(() => window.title()).toBe('Elsewhere');
    expect((await app.control('windows.list'))[0]?.url).toBe('https://evil.example/nobody');
    expect(app.output).toContain('will-navigate https://evil.example/nobody true');
  });
});
