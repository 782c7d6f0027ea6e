import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { screen } from './screen.ts';
import { isWayland } from './window-system.ts';

/** Where a window is, how large and how it looks: what needs no page. */
export class WindowGeometry extends EventEmitter {
  #bounds: Rectangle;
  #title: string;
  #minimumSize: readonly [number, number];
  #skipTaskbar: boolean;
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #menuBarVisible = true;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    const { width = 800, height = 600, x, y, title = 'Electron' } = options;
    this.#bounds = placed({
      ...centred(width, height),
      ...(x !== undefined && { x }),
      ...(y !== undefined && { y }),
    });
    this.#title = title;
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#skipTaskbar = process.platform !== 'linux' && (options.skipTaskbar ?? false);
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#resizable = options.resizable ?? true;
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  getNormalBounds(): Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const [minWidth, minHeight] = this.#minimumSize;
    const before = this.#bounds;
    const wanted = { ...before, ...bounds };
    this.#bounds = placed({
      x: Math.round(wanted.x),
      y: Math.round(wanted.y),
      width: Math.max(minWidth, wanted.width),
      height: Math.max(minHeight, wanted.height),
    });
    if (this.#bounds.x !== before.x || this.#bounds.y !== before.y) this.emit('move');
    if (this.#bounds.width !== before.width || this.#bounds.height !== before.height) this.emit('resize');
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    this.setBounds(centred(...this.getSize()));
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
    this.setBounds({});
  }
  getMinimumSize(): [number, number] {
    return [...this.#minimumSize];
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  /** For macOS and Windows (Electron: shell/browser/native_window_views.cc). */
  setSkipTaskbar(skip: boolean): void {
    if (process.platform !== 'linux') this.#skipTaskbar = skip;
  }
  /** For tests; Electron has no such question. */
  skipsTaskbar(): boolean {
    return this.#skipTaskbar;
  }
  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = flag;
  }
  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }
  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }
  isResizable(): boolean {
    return this.#resizable;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBarVisible = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBarVisible;
  }
  setAutoHideMenuBar(): void {
    // There is no menu bar to hide.
  }
  setMenu(): void {
    // Menus of the application are one for all windows here.
  }
  removeMenu(): void {
    // As above.
  }
  setIcon(): void {
    // Nothing shows it.
  }
  setBackgroundColor(): void {
    // Chromium draws the page alone.
  }
  setVisibleOnAllWorkspaces(): void {
    // There is one workspace.
  }
}

/** Wayland tells no program where its windows are, and takes no place from it (Electron: docs/api/browser-window.md). */
function placed(bounds: Rectangle): Rectangle {
  return isWayland ? { ...bounds, x: 0, y: 0 } : bounds;
}

function centred(width: number, height: number): Rectangle {
  const { workArea } = screen.displays.primary;
  const x = Math.round(workArea.x + (workArea.width - width) / 2);
  const y = Math.round(workArea.y + (workArea.height - height) / 2);
  return { x, y, width, height };
}
