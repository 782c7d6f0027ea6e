import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { AttackedApp } from '../support/attacked-app.ts';
import { escapes, loads, type Violation } from '../support/page-attacks.ts';

let attacked: AttackedApp;
let page: Page;

beforeAll(async () => {
  if (!hasBrowser) return;
  attacked = await AttackedApp.start();
  page = await attacked.signIn();
});
afterAll(async () => {
  if (hasBrowser) await attacked[Symbol.asyncDispose]();
});

describe.runIf(hasBrowser)('a page of ours that somebody else’s script runs in', () => {
  it('R02 loads and runs nothing from elsewhere, and nothing inline', async () => {
    await page.evaluate(() => {
      const seen: Violation[] = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        seen.push({ directive: effectiveDirective, blocked: blockedURI }),
      );
      Object.assign(window, { seen });
    });
    for (const { directive, script } of loads) {
      const before = await page.evaluate(() => (window as unknown as { seen: Violation[] }).seen.length);
      await page.evaluate(script);
      const since = () =>
        page.evaluate(
          (before) =>
            (window as unknown as { seen: Violation[] }).seen.slice(before).map(({ directive }) => directive),
          before,
        );
      await expect.poll(since, { message: script }).toContain(directive);
    }
    expect(await page.evaluate('window.owned')).toBeUndefined();
  });

  it('R03 stays where it is', async () => {
    await page.evaluate('window.stillHere = true');
    const failed: string[] = [];
    page.on('requestfailed', (request) => {
      if (request.isNavigationRequest()) failed.push(request.url());
    });
    for (const { name, script, asked } of escapes) {
      const before = failed.length;
      await page.evaluate(script);
      if (asked) await expect.poll(() => failed.length, { message: name }).toBeGreaterThan(before);
      await attacked.expectUnharmed('active');
      expect(await page.evaluate('window.stillHere'), name).toBe(true);
    }
  });

  it('R06 gets no file but those of the window', async () => {
    const answers = new Map<string, number>();
    page.on('response', (response) => answers.set(new URL(response.url()).pathname, response.status()));
    const paths = [
      '/assets%5c..%5c..%5cmain%5cmain.js',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/main.js',
      '//etc/passwd',
      '/C:/Windows/win.ini',
      '/index.html%00.png',
      '/INDEX.HTML',
      '/',
    ];
    const loaded = await page.evaluate(async (paths) => {
      const load = (path: string) =>
        new Promise<boolean>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = location.origin + path;
        });
      return Promise.all(paths.map(load));
    }, paths);
    expect(loaded).toEqual(paths.map(() => false));
    expect([...answers.values()]).toEqual(paths.map(() => 404));
  });

  it('R07 cannot put a worker between itself and its files', async () => {
    const refused = await page.evaluate(async () => {
      const [script] = [...document.scripts].map(({ src }) => src);
      const name = (error: unknown) => (error instanceof Error ? error.name : 'no error');
      return navigator.serviceWorker.register(script ?? '').then(() => 'registered', name);
    });
    expect(refused).not.toBe('registered');
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      0,
    );
  });

  it('R04 opens no window, and nothing outside', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://evil.example/link', target: '_blank', textContent: 'away' });
      link.id = 'away';
      document.body.prepend(link);
    });
    const link = await page.locator('#away').boundingBox();
    const [x, y] = [(link?.x ?? 0) + 2, (link?.y ?? 0) + 2];
    for (const button of ['left', 'middle'] as const) {
      await page.mouse.click(x, y, { button });
      await page.bringToFront();
    }
    await page.evaluate(() => void window.open('https://evil.example/open'));
    const popups = async () => (await attacked.app.control('windows.list'))[0]?.popups ?? [];
    await expect
      .poll(async () => (await popups()).filter((one) => one === 'deny https://evil.example/link').length)
      .toBeGreaterThanOrEqual(2);
    await expect.poll(popups).toContain('deny https://evil.example/open');
    expect((await popups()).filter((one) => !one.startsWith('deny '))).toEqual([]);
    expect(await attacked.app.control('shell.opened')).toEqual([]);
    await attacked.expectUnharmed('active');
    await page.evaluate(() => document.getElementById('away')?.remove());
    await page.bringToFront();
  });
});
