import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { browserExecutable } from '../support/browser.ts';
import { appFolders, launchApp } from '../support/launch-app.ts';
import type { LaunchedApp, LaunchOptions } from '../support/launched-app.ts';

/** A little app for the tests of the stand-in: its files' texts. */
export interface Sample {
  /** Runs as the app's main module; without, one that shows the page in a window. */
  readonly main?: string;
  /** The default main module runs it before `ready`. */
  readonly early?: string;
  /** The default main module runs it before it opens the window; it has `electron`, `window` after. */
  readonly before?: string;
  readonly after?: string;
  readonly preload?: string;
  readonly page?: string;
  readonly script?: string;
  readonly csp?: string;
  readonly webPreferences?: string;
  /** More pages (`NAME.html`), scripts (`NAME.js`) and preloads (`NAME.cjs`) for windows that a test opens later. */
  readonly files?: Readonly<Record<string, string>>;
}

const defaultMain = ({ early = '', before = '', after = '', csp, webPreferences = '' }: Sample) => `
import * as electron from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
const { app, BrowserWindow, ipcMain, protocol, session } = electron;
const here = import.meta.dirname;
const types = { html: 'text/html', js: 'text/javascript' };
let csp = ${JSON.stringify(csp ?? "default-src 'none'; script-src 'self'")};
app.setPath('userData', join(here, 'data'));
app.on('window-all-closed', () => undefined);
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
${early}
app.whenReady().then(async () => {
  protocol.handle('app', (request) => {
    const { host, pathname } = new URL(request.url);
    const [, name, ending] = /^\\/([a-z]+\\.(html|js))$/.exec(pathname) ?? [];
    if (host !== 'sample' || name === undefined) return new Response('nothing here', { status: 404 });
    const headers = { 'content-type': types[ending], 'content-security-policy': csp };
    return new Response(readFileSync(join(here, name)), { headers });
  });
  ${before}
  const preload = join(here, 'preload.cjs');
  // What a test wants done later: \`inMain\`.
  ipcMain.handle('in main', (_event, work) => eval('(async () => {' + work + '\\n})()'));
  const window = new BrowserWindow({ width: 380, height: 600, webPreferences: { preload, ${webPreferences} } });
  await window.loadURL('app://sample/page.html');
  ${after}
});
`;

/** The stand-in's windows need a browser; where there is none its tests are left out. */
export const hasBrowser = browserExecutable() !== null;

/** Writes the sample's files into folders of their own and starts it with the stand-in. */
export async function launchSample(sample: Sample, options: LaunchOptions = {}): Promise<LaunchedApp> {
  const folders = options.folders ?? (await appFolders());
  const folder = join(folders.root, 'sample');
  await mkdir(folder, { recursive: true });
  const main = join(folder, 'main.mjs');
  const page = sample.page ?? '<!doctype html><title>Sample</title><script src="page.js"></script>';
  await Promise.all([
    writeFile(main, sample.main ?? defaultMain(sample)),
    writeFile(join(folder, 'preload.cjs'), sample.preload ?? ''),
    writeFile(join(folder, 'page.html'), page),
    writeFile(join(folder, 'page.js'), sample.script ?? ''),
    ...Object.entries(sample.files ?? {}).map(([name, text]) => writeFile(join(folder, name), text)),
  ]);
  const app = await launchApp({ ...options, folders, main });
  if (options.folders !== undefined) return app;
  const end = app[Symbol.asyncDispose].bind(app);
  return Object.assign(app, {
    [Symbol.asyncDispose]: async () => {
      await end();
      await folders[Symbol.asyncDispose]();
    },
  });
}

/**
 * Runs lines of a test in the main process of a sample with the default main module, which has `electron`, `window`,
 * `here`, `preload` and `csp` there; answers what they return, and rejects with the message of what they throw. So one
 * sample serves all tests of a file.
 */
export async function inMain(app: LaunchedApp, work: string): Promise<unknown> {
  // Between two documents the window has no frame to send from.
  const send = () =>
    app.control('ipc.invoke', { windowId: 1 }, 'in main', [work]).catch((error: unknown) => {
      if (String(error).includes('Render frame was disposed')) return null;
      throw error;
    });
  const answer = await vi.waitUntil(send, { timeout: 30_000 });
  if ('error' in answer) throw new Error(answer.error);
  return answer.result;
}
