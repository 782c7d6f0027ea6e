import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { EndpointFile } from '../../electron/contract/wire.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import type { AuthServiceSettings } from '../auth-service/settings.ts';
import type { ForgedAnswer, ForgedSender } from '../electron-host/control/calls.ts';
import { launchApp } from './launch-app.ts';
import type { LaunchedApp, LaunchOptions } from './launched-app.ts';

export const username = 'demo@example.com';
export const password = 'correct horse';

export interface AttackOptions extends LaunchOptions {
  /** How its auth service differs from the usual one. */
  readonly serviceIs?: Partial<AuthServiceSettings>;
  /** One that outlives the app, in its place. */
  readonly authService?: AuthService;
}

/** The built tray app, with an auth service of its own, as an attacker of this computer sees it. */
export class AttackedApp implements AsyncDisposable {
  readonly app: LaunchedApp;
  readonly authService: AuthService;

  readonly #ownsService: boolean;

  private constructor(app: LaunchedApp, authService: AuthService, ownsService: boolean) {
    this.app = app;
    this.authService = authService;
    this.#ownsService = ownsService;
  }

  static async start({
    serviceIs = {},
    authService,
    args = [],
    ...options
  }: AttackOptions = {}): Promise<AttackedApp> {
    const service = authService ?? (await startAuthService(serviceIs));
    const app = await launchApp({ ...options, service: service.url, args: ['--port', '0', ...args] });
    return new AttackedApp(app, service, authService === undefined);
  }

  /** The page of the window, whatever it shows. */
  page(): Promise<Page> {
    return this.app.window();
  }

  /** Types into the form as a keyboard does, so that no script of the test knows the password. */
  async signIn(as: { username?: string; password?: string } = {}): Promise<Page> {
    const page = await this.fillIn(as);
    await page.getByRole('button', { name: 'Copy token' }).waitFor();
    return page;
  }

  /** The same, without waiting for what comes of it. */
  async fillIn(as: { username?: string; password?: string } = {}): Promise<Page> {
    const page = await this.page();
    const field = page.getByRole('textbox', { name: 'Email' });
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(as.username ?? username);
    await page.getByLabel('Password', { exact: true }).click();
    await page.keyboard.insertText(as.password ?? password);
    await page.keyboard.press('Enter');
    return page;
  }

  /** What a local tool finds in the home. */
  endpoint(): EndpointFile {
    return JSON.parse(readFileSync(join(this.app.folders.home, 'endpoint.json'), 'utf8')) as EndpointFile;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { url, key } = this.endpoint();
    return fetch(url + path, { ...init, headers: { authorization: `Bearer ${key}` } });
  }

  /** The token that a tool gets, or the code of why it gets none. */
  async token(): Promise<string> {
    const answer = (await (await this.fetch('/v1/token')).json()) as { access_token?: string; code?: string };
    return answer.access_token ?? answer.code ?? 'neither token nor code';
  }

  async state(): Promise<string> {
    return ((await (await this.fetch('/v1/status')).json()) as { state: string }).state;
  }

  /** A request as the window could send it, or somebody in its place. */
  async ask(
    channel: string,
    args: readonly unknown[],
    sender: Omit<ForgedSender, 'windowId'> = {},
  ): Promise<ForgedAnswer> {
    const [window] = await this.app.control('windows.list');
    if (!window) throw new Error('There is no window.');
    return this.app.control('ipc.invoke', { windowId: window.id, ...sender }, channel, args);
  }

  /** The app goes on: its page is where it was, and tools are answered. */
  async expectUnharmed(state: string): Promise<void> {
    const windows = await this.app.control('windows.list');
    expect(windows.map(({ url }) => url)).toEqual(['app://token-tray/index.html']);
    expect(await this.state()).toBe(state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app[Symbol.asyncDispose]();
    if (this.#ownsService) await this.authService.close();
  }
}
