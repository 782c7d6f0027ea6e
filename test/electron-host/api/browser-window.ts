import type { BrowserWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { emitPreventable } from './preventable.ts';
import { needsReady } from './readiness.ts';
import { WebContents } from './web-contents.ts';
import { WindowGeometry } from './window-geometry.ts';

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
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#visible) return;
    this.blur();
    this.#visible = false;
    this.emit('hide');
  }
  focus(): void {
    if (!this.#visible || focused === this) return;
    focused?.blur();
    takeFocus(this);
    this.#minimized = false;
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
  }
  blur(): void {
    if (focused !== this) return;
    takeFocus(null);
    this.emit('blur');
    app.emit('browser-window-blur', {}, this);
  }
  minimize(): void {
    if (this.#minimized) return;
    this.#minimized = true;
    this.blur();
    this.emit('minimize');
  }
  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit('restore');
    this.focus();
  }
  moveTop(): void {
    // Nothing lies above it.
  }
  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }
  isFocused(): boolean {
    return focused === this;
  }
  isMinimized(): boolean {
    return this.#minimized;
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
    this.blur();
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
