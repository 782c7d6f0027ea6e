import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, vi } from 'vitest';
import type { SessionStateName } from '../../electron/contract/session-states.ts';
import type { EndpointFile, StatusAnswer } from '../../electron/contract/wire.ts';
import { launchApp } from './launch-app.ts';
import type { LaunchedApp, LaunchOptions } from './launched-app.ts';
import { demo } from './state-row.ts';
import { call, type CallResult } from './token-tray-process.ts';

/** The running app, as a person has it before them. */
export interface Desk {
  readonly app: LaunchedApp;
  readonly page: Page;
}

/** What window, tray and endpoint are to say at one moment; null: not looked at. */
export interface Situation {
  readonly state: SessionStateName;
  readonly title: string | RegExp;
  readonly detail: string | RegExp;
  /** The main button's label; null: there is none. */
  readonly button: string | null;
  /** The tooltip, and the line of the menu that says how things stand. */
  readonly line: string | RegExp;
}

/** Starts the app on a free port, with the service that it is to sign in to. */
export function startApp(service: { readonly url: string }, options: LaunchOptions = {}) {
  return launchApp({ service: service.url, ...options, args: ['--port', '0', ...(options.args ?? [])] });
}

/** Types email and password into the form that is shown, and presses Enter. */
export async function typeSignIn(page: Page, { username, password } = demo): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(username);
  const field = page.getByLabel('Password', { exact: true });
  await field.fill(password);
  await field.press('Enter');
}

/** Starts the app and signs in; answers its window. */
export async function signInAt(app: LaunchedApp, person = demo): Promise<Page> {
  const page = await app.window();
  await typeSignIn(page, person);
  await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
  return page;
}

/** A request of a local tool's, with the owner's key. */
export function ask(app: LaunchedApp, path: string, init: RequestInit = {}): Promise<Response> {
  const file = readFileSync(join(app.folders.home, 'endpoint.json'), 'utf8');
  const { url, key } = JSON.parse(file) as EndpointFile;
  return fetch(url + path, { ...init, headers: { authorization: `Bearer ${key}` } });
}

export async function statusOf(app: LaunchedApp, account?: string): Promise<StatusAnswer> {
  const query = account === undefined ? '' : `?account=${encodeURIComponent(account)}`;
  return (await (await ask(app, `/v1/status${query}`)).json()) as StatusAnswer;
}

/** `token-tray token` in a terminal. */
export function tokenInTerminal(app: LaunchedApp): Promise<CallResult> {
  return call(['token', '--home', app.folders.home]);
}

/** Chooses a line of the tray's menu; a submenu's lines come after its own. */
export function choose(app: LaunchedApp, ...path: readonly string[]): Promise<void> {
  return app.control('menu.click', path, 'tray');
}

/** Chooses a line of the window's “More” menu. */
export async function chooseMore(page: Page, line: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: line }).click();
}

/** The tray's line that says how things stand: the first that nobody can choose. Its tooltip says the same. */
async function trayLine(app: LaunchedApp): Promise<string> {
  const look = await app.control('tray.look');
  const line = look?.menu?.find(({ enabled, type }) => !enabled && type === 'normal')?.label ?? 'no icon';
  return line === look?.tooltip.replaceAll('&', '&&') ? line : `${line}, but: ${look?.tooltip ?? ''}`;
}

/** Waits until window, tray and endpoint say the same: this. `account`: the one that the window shows. */
export async function expectSituation(
  { app, page }: Desk,
  wanted: Situation,
  account?: string,
): Promise<void> {
  // Nothing here waits for an element: the button of a moment ago may be gone between two questions.
  const textOf = async (locator: Locator) => {
    const texts = await locator.allTextContents();
    return texts.length === 0 ? null : texts.join(' and ');
  };
  const shown = async () => ({
    title: await textOf(page.getByRole('heading', { level: 1 })),
    detail: await textOf(page.locator('.sentence p')),
    button: await textOf(page.locator('.button.main')),
    state: (await statusOf(app, account)).state,
    ...(app.can('tray.look') && { line: await trayLine(app) }),
  });
  const like = (text: string | RegExp) =>
    expect.stringMatching(text instanceof RegExp ? text : exactly(text)) as string;
  const all = {
    title: like(wanted.title),
    detail: like(wanted.detail),
    button: wanted.button === null ? null : like(wanted.button),
    state: wanted.state,
    ...(app.can('tray.look') && { line: like(wanted.line) }),
  };
  // `expect.poll` belongs to one test at a time, and tests of a file may run side by side.
  await vi.waitFor(async () => expect(await shown()).toEqual(all), { timeout: 15_000 });
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${RegExp.escape(text)}\\s*$`);
}
