import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

const page =
  '<!doctype html><title>Home</title><a id="link" href="https://evil.example/">away</a><a id="new" target="_blank" href="https://evil.example/new">new</a>';
const logged = (prevent: boolean) => `
app.on('web-contents-created', (_event, contents) => {
  for (const name of ['will-navigate', 'will-redirect'])
    contents.on(name, (event, url) => { console.log(name, event.url, url === event.url); ${prevent ? 'event.preventDefault();' : ''} });
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

describe.runIf(hasBrowser)('a page that wants to go elsewhere', () => {
  it('stays where it is when the app prevents it', async () => {
    await using app = await launchSample({ page, before: logged(true), csp: "script-src 'self'" });
    const window = await app.window();
    for (const [name, script, told] of kinds) {
      await window.evaluate(script);
      await expect.poll(() => app.output, { message: name }).toContain(`will-navigate ${told}`);
    }
    await expect.poll(() => window.title()).toBe('Home');
    expect((await app.control('windows.list'))[0]?.url).toBe('app://sample/page.html');
  });

  it('goes there when nobody prevents it, so that a missing guard is seen', async () => {
    await using app = await launchSample({ page, before: logged(false) });
    const window = await app.window();
    await window.evaluate("location.href = 'https://evil.example/'");
    await expect.poll(() => window.title()).toBe('Elsewhere');
    expect((await app.control('windows.list'))[0]?.url).toBe('https://evil.example/');
    expect(app.output).toContain('will-navigate https://evil.example/ true');
  });

  it('is not asked about what the app itself or a test loads', async () => {
    await using app = await launchSample({
      page,
      before: logged(true),
      after: `await window.loadURL('app://sample/page.html?2');`,
    });
    const window = await app.window();
    await expect.poll(() => window.url()).toContain('?2');
    await window.goto(window.url().replace('?2', '?3'));
    expect(app.output).toBe('');
  });

  it('is held at a redirect of the app’s own scheme', async () => {
    await using app = await launchSample({
      page,
      before: `${logged(true)}
        protocol.unhandle('app');
        protocol.handle('app', ({ url }) => url.endsWith('/moved')
          ? new Response(null, { status: 302, headers: { location: 'https://evil.example/moved' } })
          : new Response('<title>Home</title>', { headers: { 'content-type': 'text/html' } }));`,
      after: `await window.loadURL('app://sample/moved').catch((error) => console.log(error.message));`,
    });
    await expect.poll(() => app.output).toContain("ERR_ABORTED (-3) loading 'app://sample/moved'");
    expect(app.output).toContain('will-redirect https://evil.example/moved true');
  });
});

describe.runIf(hasBrowser)('a page that wants a window', () => {
  const open = ["window.open('https://evil.example/open')", "document.getElementById('new').click()"];

  it('gets none when the app denies it', async () => {
    await using app = await launchSample({
      page,
      before: `app.on('web-contents-created', (_event, contents) => contents.setWindowOpenHandler(({ url }) => { console.log('asked', url); return { action: 'deny' }; }));`,
    });
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

  it('gets one when the app says nothing, as in Electron', async () => {
    await using app = await launchSample({ page });
    const window = await app.window();
    await window.evaluate(open[0] ?? '');
    await expect.poll(() => app.control('windows.list')).toHaveLength(2);
  });
});
