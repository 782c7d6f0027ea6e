import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  appAnswer,
  appSchemes,
  readBundle,
  type AppRequest,
  type Bundle,
} from '../../electron/desktop/app-scheme.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const file = (text: string, type: string) => ({ bytes: new Uint8Array(Buffer.from(text)), type });
const bundle: Bundle = new Map([
  ['/index.html', file('<!doctype html>', 'text/html; charset=utf-8')],
  ['/assets/main-1.js', file('start()', 'text/javascript; charset=utf-8')],
]);

function ask(url: string, changes: Partial<AppRequest> = {}): Response {
  return appAnswer(bundle, { url, method: 'GET', ...changes });
}

describe('the scheme of the window', () => {
  it('R07 has no more rights than pages need', () => {
    expect(appSchemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  });

  it('R06 holds the files of the built window, read once, and no other', async () => {
    const folder = await temporaryHome();
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'assets', 'main-1.js'), 'start()');
    await writeFile(join(folder, 'assets', 'main-1.js.map'), '{}');
    await writeFile(join(folder, '.env'), 'SECRET=1');
    await symlink('/etc/passwd', join(folder, 'passwd.json'));
    expect(await readBundle(folder)).toEqual(bundle);
  });

  it('R02 serves them with a policy that lets in nothing from elsewhere', async () => {
    const answer = ask('app://token-tray/index.html');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<!doctype html>');
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const policy = answer.headers.get('Content-Security-Policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'none'",
      "worker-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
  });

  it('takes no notice of a query', () => {
    expect(ask('app://token-tray/assets/main-1.js?v=1#top').status).toBe(200);
  });

  it.each([
    'app://token-tray/',
    'app://token-tray',
    'app://token-tray/../index.html',
    'app://token-tray/assets/../index.html',
    'app://token-tray/assets/%2e%2e/index.html',
    'app://token-tray/..%2findex.html',
    'app://token-tray/assets%5cmain-1.js',
    'app://token-tray/assets\\main-1.js',
    'app://token-tray/index.html%00.js',
    'app://token-tray//index.html',
    'app://token-tray/INDEX.html',
    'app://token-tray/C:/Windows/win.ini',
    'app://token-tray//etc/passwd',
    'app://token-tray/passwd.json',
    'app://token-tray/.env',
    'app://token-tray/assets/main-1.js.map',
    'app://token-tray/__proto__',
    'app://token-tray.evil.example/index.html',
    'app://other/index.html',
    'app://token-tray@evil.example/index.html',
    'app://token-tray:80/index.html',
    'file:///index.html',
    'https://token-tray/index.html',
  ])('R06 answers 404 to %s', async (url) => {
    const answer = ask(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  it('R07 serves nothing to another page', () => {
    const url = 'app://token-tray/index.html';
    expect(ask(url, { initiatorOrigin: 'app://token-tray' }).status).toBe(200);
    for (const initiatorOrigin of ['https://evil.example', 'null', 'app://other', '']) {
      expect(ask(url, { initiatorOrigin }).status).toBe(404);
    }
  });

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('answers no %s', (method) => {
    expect(ask('app://token-tray/index.html', { method }).status).toBe(404);
  });
});
