import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { App as ElectronApp, RelaunchOptions } from 'electron';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';
import { AppPaths } from './app-paths.ts';
import { startedApp } from './app-package.ts';
import { CommandLine } from './command-line.ts';
import { Dock } from './dock.ts';
import { loginItemsOf, type LoginItems } from './login-item.ts';
import { emitPreventable } from './preventable.ts';
import { readiness } from './readiness.ts';
import { relaunch } from './relauncher.ts';
import { SingleInstance } from './single-instance.ts';

/** What quitting must know of a window. */
export interface OpenWindow {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
}

/** `electron.app`. */
class App extends EventEmitter {
  readonly commandLine = new CommandLine(process.argv.slice(2));
  readonly isPackaged = hostSettings.packaged ?? false;
  /** macOS alone has one. */
  readonly dock = process.platform === 'darwin' ? new Dock() : undefined;
  /** The windows; set by `BrowserWindow`, which knows `app` and not the other way round. */
  openWindows: () => readonly OpenWindow[] = () => [];
  readonly #paths = new AppPaths();
  readonly #ready = Promise.withResolvers<undefined>();
  // Electron lives until it is told to quit, whatever the event loop holds.
  readonly #alive = setInterval(() => undefined, 2 ** 30);
  #name = startedApp.name;
  #version = startedApp.version;
  #appUserModelId: string | null = null;
  // As shell/common/application_info_win.cc makes it of the name.
  readonly #loginItems = loginItemsOf(() => this.#appUserModelId ?? `electron.app.${this.#name}`);
  #instance: SingleInstance | null = null;
  #quitting = false;

  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name;
  }
  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return this.#version;
  }
  setVersion(version: string): void {
    this.#version = version;
  }
  getAppPath(): string {
    return startedApp.path;
  }
  getPath(name: Parameters<ElectronApp['getPath']>[0]): string {
    return this.#paths.get(name, this.#name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getLocale(): string {
    return readiness.ready ? (hostSettings.locale ?? 'en-GB') : '';
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [hostSettings.locale ?? 'en-GB'];
  }
  getLocaleCountryCode(): string {
    return new Intl.Locale(hostSettings.locale ?? 'en-GB').region ?? '';
  }
  /** Windows alone knows it. */
  setAppUserModelId(id: string): void {
    this.#appUserModelId = id;
  }
  setDesktopName(): void {
    // The desktop shows no window of ours.
  }
  enableSandbox(): void {
    if (readiness.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  disableHardwareAcceleration(): void {
    if (readiness.ready) {
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    }
  }
  setLoginItemSettings(...args: Parameters<LoginItems['set']>): void {
    this.#loginItems.set(...args);
  }
  getLoginItemSettings(...args: Parameters<LoginItems['get']>): ReturnType<LoginItems['get']> {
    return this.#loginItems.get(...args);
  }
  setActivationPolicy(): void {
    // macOS alone knows it.
  }
  focus(): void {
    // Windows are focused by themselves.
  }
  hide(): void {
    // macOS alone knows it.
  }
  show(): void {
    // As above.
  }

  isReady(): boolean {
    return readiness.ready;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    this.#instance ??= new SingleInstance(this.getPath('userData'));
    const told = { argv: [...process.argv], cwd: process.cwd(), data };
    return this.#instance.request(told, ({ argv, cwd, data }) => this.secondInstance(argv, cwd, data));
  }
  hasSingleInstanceLock(): boolean {
    return this.#instance?.held ?? false;
  }
  releaseSingleInstanceLock(): void {
    this.#instance?.release();
  }

  /** Asks `before-quit`, each window's `close` and `will-quit`; one that prevents it keeps the app. */
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = !emitPreventable(this, 'before-quit');
    if (!this.#quitting) return;
    for (const window of this.openWindows()) window.close();
    this.#quitting = this.openWindows().length === 0 && !emitPreventable(this, 'will-quit');
    if (this.#quitting) this.#end(0);
  }
  /** Ends at once, asking nobody. */
  exit(exitCode = 0): void {
    this.#quitting = true;
    for (const window of this.openWindows()) window.destroy();
    this.#end(exitCode);
  }
  relaunch(options?: RelaunchOptions): void {
    relaunch(options);
  }

  /** The main module has finished: from now on `ready` may come (Electron: lib/browser/init.ts). */
  mainModuleFinished(): void {
    this.emit('will-finish-launching');
    setImmediate(() => {
      if (this.#quitting) return;
      mkdirSync(this.getPath('userData'), { recursive: true, mode: 0o700 });
      readiness.ready = true;
      this.emit('ready', {}, {});
      this.#ready.resolve(undefined);
    });
  }
  allWindowsClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
  secondInstance(argv: string[], cwd: string, data: unknown): void {
    this.emit('second-instance', {}, argv, cwd, data);
  }

  #end(exitCode: number): void {
    this.emit('quit', {}, exitCode);
    clearInterval(this.#alive);
    this.#instance?.release();
    process.exit(exitCode);
  }
}

export const app = new App();

// Chromium ends by the same way on a signal.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

onControl('app.ready', () => app.whenReady());
onControl('app.pid', () => process.pid);
onControl('app.secondInstance', (argv, cwd, data) => app.secondInstance([...argv], cwd, data));
onControl('app.activate', () => {
  app.emit('activate', {}, false);
});
onControl('app.quit', () => {
  setImmediate(() => app.quit());
});
