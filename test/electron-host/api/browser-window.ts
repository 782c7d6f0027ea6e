import type { BrowserWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { emitPreventable } from './preventable.ts';
import { needsReady } from './readiness.ts';
import { WebContents } from './web-contents.ts';
import { WindowGeometry } from './window-geometry.ts';
import { isWayland } from './window-system.ts';

const open = new Map<number, BrowserWindow>();
let focused: BrowserWindow | null = null;
let lastId = 0;
const takeFocus = (window: BrowserWindow | null): void => {
  focused = window;
};

/** `electron.BrowserWindow`: a page of Chromium's, with what a window manager would add kept here. */
export class BrowserWindow extends WindowGeometry {
  readonly id: number;
  readonly webContents: WebContents;
  #visible = false;
  #minimized = false;
  /** Chromium's own idea of it. */
  #believedMinimized = false;
  /** It has been mapped, and nobody has looked at it yet. */
  #isNew = false;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    needsReady('Cannot create BrowserWindow before app is ready');
    super(options);
    this.id = lastId += 1;
    this.webContents = new WebContents(options);
    open.set(this.id, this);
    this.#followPage();
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
    if (options.show !== false) this.show();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }
  static fromId(id: number): BrowserWindow | null {
    return open.get(id) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(path: string): Promise<void> {
    return this.webContents.loadFile(path);
  }
  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.#map();
    this.focus();
  }
  showInactive(): void {
    this.#map();
    // Not supported there (Electron: docs/api/browser-window.md).
    if (isWayland) this.focus();
  }
  hide(): void {
    if (!this.#visible) return;
    this.losesFocus();
    this.#visible = false;
    this.emit('hide');
  }
  /**
   * On Wayland a window gets the keyboard when it is mapped. After that a program may ask for it with a token of the
   * compositor's, which a click on the icon does not bring: the desktop says that the window wants to be looked at.
   */
  focus(): void {
    if (!this.#visible || (isWayland && !this.#isNew)) return;
    this.takesFocus();
  }
  /** Not supported on Wayland (Electron: docs/api/browser-window.md). */
  blur(): void {
    if (!isWayland) this.losesFocus();
  }
  minimize(): void {
    if (this.#minimized) return;
    // A window that is not there yet is not minimised on Wayland (Chromium: wayland_toplevel_window.cc).
    this.#minimized = !isWayland || this.#visible;
    this.#believedMinimized = this.#minimized;
    this.#visible = true;
    this.losesFocus();
    if (!isWayland) this.emit('minimize');
  }
  /** Wayland has no request for it (xdg-shell: `set_minimized`); Chromium alone takes the window for restored. */
  restore(): void {
    this.#believedMinimized = false;
    if (!this.#minimized || isWayland) return;
    this.#minimized = false;
    this.emit('restore');
    this.focus();
  }

  /** For tests: a person, or the desktop, gives it the keyboard. */
  takesFocus(): void {
    this.#isNew = false;
    if (focused === this) return;
    focused?.losesFocus();
    takeFocus(this);
    this.#minimized = false;
    this.#believedMinimized = false;
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
  }
  /** For tests: the keyboard goes elsewhere. */
  losesFocus(): void {
    if (focused !== this) return;
    takeFocus(null);
    this.emit('blur');
    app.emit('browser-window-blur', {}, this);
  }
  /** For tests: a person minimises it by the title bar, of which Wayland tells Chromium nothing. */
  isMinimizedByPerson(): void {
    if (isWayland) {
      this.#minimized = true;
      this.losesFocus();
    } else this.minimize();
  }
  /** For tests: how it really is, which an app on Wayland is not told. */
  onScreen(): { readonly visible: boolean; readonly minimized: boolean } {
    return { visible: this.#visible && !this.#minimized, minimized: this.#minimized };
  }

  #map(): void {
    if (this.#visible) return;
    if (isWayland && this.#believedMinimized) {
      // Chromium ends the program (electron/electron, issue 49253, open for version 39).
      process.stderr.write('FATAL:wayland_toplevel_window.cc] Should not be called with kMinimized state\n');
      process.exit(133);
    }
    this.#visible = true;
    this.#minimized &&= !isWayland;
    this.#isNew = true;
    this.emit('show');
  }

  moveTop(): void {
    // Nothing lies above it.
  }
  /** On Linux a minimised window is visible (Electron: shell/browser/native_window_views.cc). */
  isVisible(): boolean {
    return this.#visible && (process.platform === 'linux' || !this.#minimized);
  }
  isFocused(): boolean {
    return focused === this;
  }
  /** Not a state of Wayland's (Electron: docs/api/browser-window.md). */
  isMinimized(): boolean {
    return this.#minimized && !isWayland;
  }
  isMaximized(): boolean {
    return false;
  }
  isFullScreen(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Asks `close` first, which may keep the window. */
  close(): void {
    if (!emitPreventable(this, 'close')) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.losesFocus();
    this.#visible = false;
    this.#destroyed = true;
    open.delete(this.id);
    this.webContents.destroy();
    this.emit('closed');
    forbidUse(this);
    if (app.openWindows().length === 0) app.allWindowsClosed();
  }

  #followPage(): void {
    const { webContents } = this;
    webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    webContents.on('page-title-updated', (event: { defaultPrevented: boolean }, title: string) => {
      if (!emitPreventable(this, 'page-title-updated', {}, title, true)) this.setTitle(title);
    });
    webContents.on('render-process-gone', (_event, details) =>
      app.emit('render-process-gone', {}, webContents, details),
    );
    webContents.on('-window-allowed', (url: string) => {
      const child = new BrowserWindow({ webPreferences: webContents.getLastWebPreferences() });
      webContents.emit('did-create-window', child, { url });
      child.loadURL(url).catch(() => undefined);
    });
    this.on('resize', () => {
      const [width, height] = this.getSize();
      void webContents.opened().then((page) => page.resize(width, height));
    });
  }
}

/** From now on each call throws, as it does in Electron; listeners may still be taken away. */
function forbidUse(window: BrowserWindow): void {
  const allowed = new Set(['constructor', 'isDestroyed']);
  const refuse = (): never => {
    throw new TypeError('Object has been destroyed');
  };
  Object.defineProperty(window, 'webContents', { get: refuse });
  for (const { prototype } of [BrowserWindow, WindowGeometry]) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (allowed.has(name)) continue;
      Object.defineProperty(window, name, { value: refuse });
    }
  }
}
