import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstView, seenAt, viewOf } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';
import { builtPage } from './open-window.ts';

const opened = useBrowserWindow();

const injected = '<img src=x onerror="window.injected = 1">';

/** What the probe leaves in its page. */
interface Probed {
  readonly injected?: unknown;
  readonly thrown: readonly string[];
  readonly blocked: ReadonlySet<string>;
}

/** In the head of the built page: what a mistake or an attack could put there, and a script of the page's own. */
const hostileHead = `<base href="https://evil.invalid/">
  <style>body { color: red }</style>
  <script>window.injected = 1</script>
  <script src="./probe.js"></script>
</head>`;

/** Tries all that the policy forbids, as a script that the policy lets run. */
const probe = `
window.thrown = [];
window.blocked = new Set();
addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.add(effectiveDirective));
const attempt = (name, act) => { try { act(); } catch { thrown.push(name); } };
attempt('eval', () => eval('window.injected = 1'));
attempt('new Function', () => new Function('window.injected = 1')());
attempt('innerHTML', () => { document.head.innerHTML += '<img src=x onerror="window.injected = 1">'; });
addEventListener('load', () => {
  const add = (name, values) =>
    attempt(name, () => document.body.append(Object.assign(document.createElement(name), values)));
  const origin = location.origin.replace('127.0.0.1', 'localhost');
  add('img', { src: origin + '/picture.png' });
  add('iframe', { src: origin + '/frame.html' });
  add('object', { data: origin + '/object' });
  add('video', { src: origin + '/film.webm' });
  add('link', { rel: 'stylesheet', href: origin + '/style.css' });
  attempt('WebSocket', () => new WebSocket(origin.replace('http', 'ws') + '/socket'));
  fetch('/data').catch(() => thrown.push('fetch'));
  const form = document.createElement('form');
  form.action = origin + '/form';
  document.body.append(form);
  form.submit();
});
`;

describe.skipIf(!hasBrowser)('the policy of the page', () => {
  it('R02 blocks inline script and style, eval, and everything from elsewhere', async () => {
    const { page, bridge } = opened.window;
    const html = await readFile(join(builtPage, 'index.html'), 'utf8');
    // First in its head: a policy holds for what comes after it.
    opened.site.extra.set('/probe.html', html.replace('</head>', hostileHead));
    opened.site.extra.set('/probe.js', probe);
    bridge.startAgain(firstView());
    await page.goto(`${opened.site.url}probe.html`);
    const thrown = () => page.evaluate(() => (window as unknown as Probed).thrown.toSorted());
    await expect.poll(thrown).toEqual(['eval', 'fetch', 'innerHTML', 'new Function', 'object']);
    const blocked = () => page.evaluate(() => [...(window as unknown as Probed).blocked].sort());
    await expect
      .poll(blocked)
      .toEqual([
        'connect-src',
        'form-action',
        'frame-src',
        'img-src',
        'media-src',
        'require-trusted-types-for',
        'style-src-elem',
      ]);
    expect(await page.evaluate(() => (window as unknown as Probed).injected)).toBeUndefined();
    // `localhost` is another origin of the same server, so it would have seen what left.
    expect(opened.site.asked.filter((path) => !path.startsWith('/assets/')).sort()).toEqual([
      '/probe.html',
      '/probe.js',
    ]);
    // These were blocked before the probe could listen.
    expect(opened.window.complaints.join('\n')).toMatch(/inline script violates/);
    expect(opened.window.complaints.join('\n')).toMatch(/base URI .* violates/);
    // What was forbidden to the probe hinders the page itself in nothing.
    expect(await page.evaluate(() => document.querySelector('h1')?.innerText)).toBe('Sign in once');
  });

  it('R01 shows whatever comes from elsewhere as text: accounts, tools, addresses', async () => {
    const { page, show } = opened.window;
    await show(
      viewOf({
        account: `${injected}|${injected}`,
        accounts: [{ account: `${injected}|${injected}`, state: 'active', default: true }],
        tools: { connected: 1, lastUse: { name: injected, at: seenAt } },
        endpoint: { url: injected, moved: true },
      }),
    );
    await page.getByText(`${injected} asked just now`).waitFor();
    await page.getByText(`at ${injected}`).first().waitFor();
    await page.locator('main .literal', { hasText: injected }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => (window as unknown as Probed).injected)).toBeUndefined();
  });

  it('R01 shows what a failure names as text, and so the email and the service', async () => {
    const { page, bridge, show } = opened.window;
    await show(firstView({ signIn: { service: injected, username: injected, form: 'basic' } }));
    expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(injected);
    await page.locator('summary', { hasText: injected }).waitFor();
    for (const failure of [
      { code: 'offline', host: injected, reason: 'refused' },
      { code: 'bad_service_address', address: injected },
    ] as const) {
      bridge.answers.signIn = () => ({ ok: false, failure });
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText(injected).waitFor();
    }
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => (window as unknown as Probed).injected)).toBeUndefined();
  });

  it('R09 goes with a page that has nothing of Node, and leaves nothing but Vue’s marks in the window', async () => {
    const { page, show } = opened.window;
    opened.site.extra.set('/nothing.html', '<!doctype html>');
    await page.goto(`${opened.site.url}nothing.html`);
    const names = () => page.evaluate(() => Object.getOwnPropertyNames(window));
    const before = new Set(await names());
    await show(viewOf());
    expect((await names()).filter((name) => !before.has(name) && !name.startsWith('__VUE_'))).toEqual([]);
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'Buffer', '__dirname'].filter((name) => name in window),
      ),
    ).toEqual([]);
  });
});
