import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Point,
  Rectangle,
  WebContents,
  WebPreferences,
} from 'electron';
import { appOrigin } from '../contract/app-origin.ts';
import type { Clock } from '../core/clock.ts';
import { windowPlace } from './window-place.ts';

export interface AppWindowParts {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Electron's `new BrowserWindow`. */
  readonly makeWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly webPreferences: WebPreferences;
  /** Called with each window before anything is loaded into it. */
  readonly guard: (contents: WebContents) => void;
  readonly cursor: () => Point;
  /** Electron's `screen.getDisplayNearestPoint(…).workArea`. */
  readonly workAreaAt: (point: Point) => Rectangle;
  /** Electron's `nativeTheme.shouldUseDarkColors`. */
  readonly isDark: () => boolean;
  /** Whether there is a tray to come back from. */
  readonly hasTray: () => boolean;
  /** The window was put away by its keyboard: the tray gets the focus back. */
  readonly hidden: () => void;
}

const size = { width: 380, height: 600 };
const keptMs = 10 * 60_000;

/** The one window: made when it is wanted, hidden when it is not, and gone ten minutes after that. */
export class AppWindow {
  readonly #parts: AppWindowParts;
  #window: BrowserWindow | null = null;
  #formHoldsText = false;
  #cancelEnd: () => void = () => undefined;
  #quitting = false;
  /** By the monotonic clock, in milliseconds. */
  #hiddenByBlurAt = -Infinity;

  constructor(parts: AppWindowParts) {
    this.#parts = parts;
  }

  /** The page of the window, for messages to it; null: there is none that lives. */
  get contents(): WebContents | null {
    const window = this.#living();
    return window && !window.webContents.isDestroyed() && !window.webContents.isCrashed()
      ? window.webContents
      : null;
  }

  /** Whether it is on the screen. */
  get isVisible(): boolean {
    return this.#living()?.isVisible() ?? false;
  }

  /** Whether a person is working with it. */
  get isLookedAt(): boolean {
    return this.isVisible && (this.#living()?.isFocused() ?? false);
  }

  /** Shows the window beside the tray's icon, or near the pointer, and gives it the keyboard. */
  show(icon: Rectangle | null): void {
    this.#cancelEnd();
    const window = this.#living() ?? this.#make();
    if (window.isMinimized()) window.restore();
    else if (!window.isVisible()) this.#place(window, icon);
    window.setSkipTaskbar(this.#parts.hasTray());
    window.show();
    window.focus();
  }

  /** A click on the icon: shows what is hidden, and hides what is shown. */
  toggle(icon: Rectangle | null): void {
    // The click took the keyboard from the window, which hid it: it was meant to be hidden.
    const justHidden = this.#parts.clock.monotonicNow() - this.#hiddenByBlurAt < 250;
    if (this.#living()?.isVisible()) this.hide();
    else if (!justHidden) this.show(icon);
    this.#hiddenByBlurAt = -Infinity;
  }

  /** Puts the window away, unless its login form holds text: Esc, a click on the icon, a look elsewhere. */
  hide(): void {
    if (!this.#formHoldsText) this.#putAway();
  }

  /** While the login form holds text, nothing but the window's own button hides it. */
  formHoldsText(holds: boolean): void {
    this.#formHoldsText = holds;
  }

  /** Hidden, or, where no tray would bring it back, minimised. */
  #putAway(): void {
    const window = this.#living();
    if (!window) return;
    if (!this.#parts.hasTray()) {
      window.minimize();
      return;
    }
    window.hide();
    this.#parts.hidden();
    this.#cancelEnd();
    this.#cancelEnd = this.#parts.clock.schedule(keptMs, () => this.#end());
  }

  /** A tray came or went: a window that it brings back stands in no task bar. */
  trayChanged(): void {
    this.#living()?.setSkipTaskbar(this.#parts.hasTray());
  }

  /** From now on nothing keeps the window from closing: Electron installs nothing on macOS while a window stays. */
  mayClose(): void {
    this.#quitting = true;
  }

  /** For the program's end. */
  close(): void {
    this.mayClose();
    this.#end();
  }

  #make(): BrowserWindow {
    const { platform, makeWindow, webPreferences, guard } = this.#parts;
    const window = makeWindow({
      ...size,
      minWidth: 320,
      minHeight: 400,
      show: false,
      fullscreenable: false,
      autoHideMenuBar: true,
      title: 'Token Tray',
      // What is seen until the page is drawn.
      backgroundColor: this.#parts.isDark() ? '#16181f' : '#fbfbfd',
      webPreferences,
    });
    this.#window = window;
    this.#formHoldsText = false;
    guard(window.webContents);
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      this.#putAway();
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    if (platform !== 'linux') window.on('blur', () => this.#blurred());
    window.webContents.on('render-process-gone', () => this.#lost(window));
    // It fails, too, where the window is destroyed before the page is there.
    window.loadURL(`${appOrigin}/index.html`).catch(() => this.#lost(window));
    return window;
  }

  #place(window: BrowserWindow, icon: Rectangle | null): void {
    const { cursor, workAreaAt } = this.#parts;
    const point = icon ?? cursor();
    const [width = size.width, height = size.height] = window.getSize();
    window.setBounds(
      windowPlace({ icon, cursor: cursor(), workArea: workAreaAt(point), size: { width, height } }),
    );
  }

  #blurred(): void {
    if (this.#formHoldsText || !this.#living()?.isVisible()) return;
    this.#hiddenByBlurAt = this.#parts.clock.monotonicNow();
    this.hide();
  }

  /** A page that is gone shows nothing, and cannot be told anything: the next look gets a new window. */
  #lost(window: BrowserWindow): void {
    if (this.#window === window) this.#window = null;
    // Not from within its own event.
    this.#parts.clock.schedule(0, () => window.destroy());
  }

  #end(): void {
    this.#cancelEnd();
    const window = this.#living();
    this.#window = null;
    window?.destroy();
  }

  #living(): BrowserWindow | null {
    return this.#window && !this.#window.isDestroyed() ? this.#window : null;
  }
}
