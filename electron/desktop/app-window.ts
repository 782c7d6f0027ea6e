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
import { hideOnWayland, watchPresses } from './wayland-window.ts';
import { windowPlace } from './window-place.ts';

export interface AppWindowParts {
  readonly platform: NodeJS.Platform;
  /** See `isWayland`. */
  readonly wayland: boolean;
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
  /** The window was hidden. `byKeyboard`: Windows wants the focus back in the tray. */
  readonly hidden: (byKeyboard: boolean) => void;
  /** On Wayland: a key or button was pressed in the window. */
  readonly used: () => void;
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
  /** On Linux, where that hides nothing. */
  #blurredAt = -Infinity;
  /** When a click on the icon showed it. */
  #broughtAt = -Infinity;
  /** When it was shown without having had the keyboard since. */
  #shownAt = -Infinity;

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
    // Wayland neither says that a window is minimised nor raises one; but a window that is mapped comes to the front.
    if (this.#parts.wayland && window.isVisible() && !window.isFocused() && this.#since(this.#shownAt) > 1000)
      this.#unmap(window);
    if (window.isMinimized()) window.restore();
    else if (!window.isVisible()) this.#place(window, icon);
    window.setSkipTaskbar(this.#parts.hasTray());
    this.#shownAt = this.#parts.clock.monotonicNow();
    window.show();
    window.focus();
  }

  /** A click on the icon: shows what is hidden, and hides what is shown. */
  toggle(icon: Rectangle | null): void {
    // The click took the keyboard from the window, which hid it: it was meant to be hidden.
    const justHidden = this.#since(this.#hiddenByBlurAt) < 250;
    if (this.#isInFront) {
      // On Linux a double click is two clicks, and shows the window too.
      if (this.#parts.platform !== 'linux' || this.#since(this.#broughtAt) > 400) this.#hide(false);
    } else if (!justHidden) {
      this.show(icon);
      this.#broughtAt = this.#parts.clock.monotonicNow();
    }
    this.#hiddenByBlurAt = -Infinity;
  }

  /** Esc: puts the window away, unless its login form holds text. */
  hide(): void {
    this.#hide(true);
  }

  /** While the login form holds text, nothing but the window's own button hides it. */
  formHoldsText(holds: boolean): void {
    this.#formHoldsText = holds;
  }

  /** On Linux a window may be visible and yet minimised or behind others; its keyboard tells. */
  get #isInFront(): boolean {
    const window = this.#living();
    if (!window?.isVisible() || window.isMinimized()) return false;
    // Some panels take the keyboard when they are clicked.
    return this.#parts.platform !== 'linux' || window.isFocused() || this.#since(this.#blurredAt) < 500;
  }

  #hide(byKeyboard: boolean): void {
    if (!this.#formHoldsText) this.#putAway(byKeyboard);
  }

  /** Hidden, or, where no tray would bring it back, minimised. */
  #putAway(byKeyboard: boolean): void {
    const window = this.#living();
    if (!window) return;
    if (!this.#parts.hasTray()) {
      window.minimize();
      return;
    }
    this.#unmap(window);
    this.#parts.hidden(byKeyboard);
    this.#cancelEnd();
    this.#cancelEnd = this.#parts.clock.schedule(keptMs, () => this.#end());
  }

  #unmap(window: BrowserWindow): void {
    if (this.#parts.wayland) hideOnWayland(window);
    else window.hide();
  }

  /** A tray came or went: a window that it brings back stands in no task bar; one that nothing brings back does. */
  trayChanged(): void {
    const window = this.#living();
    if (!window) return;
    const { hasTray, platform } = this.#parts;
    window.setSkipTaskbar(hasTray());
    if (platform !== 'linux' || hasTray() || window.isVisible()) return;
    this.#cancelEnd();
    window.minimize();
  }

  /** Whether nothing keeps the window from closing: Electron installs nothing on macOS while a window stays. */
  mayClose(may: boolean): void {
    this.#quitting = may;
  }

  /** For the program's end. */
  close(): void {
    this.mayClose(true);
    this.#end();
  }

  #make(): BrowserWindow {
    const { makeWindow, webPreferences, guard, wayland, used } = this.#parts;
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
      this.#putAway(false);
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    window.on('focus', () => (this.#shownAt = -Infinity));
    window.on('blur', () => this.#blurred());
    if (wayland) watchPresses(window.webContents, used);
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
    const { platform, clock } = this.#parts;
    if (platform === 'linux') {
      this.#blurredAt = clock.monotonicNow();
      return;
    }
    if (this.#formHoldsText || !this.#living()?.isVisible()) return;
    this.#hiddenByBlurAt = clock.monotonicNow();
    this.#hide(false);
  }

  /** Milliseconds. */
  #since(monotonic: number): number {
    return this.#parts.clock.monotonicNow() - monotonic;
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
