import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  screen,
  Tray,
  type WebContents,
} from 'electron';
import { systemClock } from './adapters/system-clock.ts';
import type { AppView } from './contract/app-view.ts';
import type { Place, TokenTrouble } from './contract/bridge.ts';
import type { Choices } from './contract/window-pages.ts';
import type { Settings } from './core/ports.ts';
import { AppWindow } from './desktop/app-window.ts';
import { applicationMenu, leaveDock } from './desktop/mac-presence.ts';
import { guardNavigation } from './desktop/navigation-guard.ts';
import { Notifications } from './desktop/notifications.ts';
import { askDesktop, TrayHost } from './desktop/tray-host.ts';
import { TrayIcon } from './desktop/tray-icon.ts';
import { trayImages } from './desktop/tray-images.ts';
import type { TrayAction } from './desktop/tray-menu.ts';
import { webPreferences } from './desktop/web-preferences.ts';
import type { Words } from './desktop/words.ts';
import { send } from './ipc/handle.ts';

export interface TraySurfaceParts {
  readonly settings: Settings;
  readonly words: Words;
  readonly packaged: boolean;
  /** See `isWayland`. */
  readonly wayland: boolean;
  /** On Wayland: a key or button was pressed in the window. */
  readonly used: () => void;
  readonly view: () => AppView;
  readonly act: (action: TrayAction) => void;
}

/** How often a window that is looked at is told what tools did, in milliseconds. */
const lookEveryMs = 5_000;

/** All that people see of the app: icon, menu, window and notifications, each showing the same view. */
export class TraySurface {
  readonly window: AppWindow;
  readonly #parts: TraySurfaceParts;
  readonly #host: TrayHost;
  readonly #notifications: Notifications;
  #icon: TrayIcon | null = null;
  /** What a window that has just been made is to be told. */
  #news: { readonly place: Place; readonly trouble: TokenTrouble | null } | null = null;
  #refreshing = false;
  /** The end has begun: what a renewal that is given its time still changes, nobody sees. */
  #closed = false;
  #cancelLook: () => void = () => undefined;

  constructor(parts: TraySurfaceParts) {
    this.#parts = parts;
    const { platform } = process;
    this.window = new AppWindow({
      platform,
      wayland: parts.wayland,
      clock: systemClock,
      makeWindow: (options) => new BrowserWindow(options),
      webPreferences: webPreferences(join(import.meta.dirname, '../preload/preload.cjs'), parts),
      guard: (contents) => guardNavigation({ contents, openOutside: () => undefined }),
      cursor: () => screen.getCursorScreenPoint(),
      workAreaAt: (point) => screen.getDisplayNearestPoint(point).workArea,
      isDark: () => nativeTheme.shouldUseDarkColors,
      hasTray: () => this.#host.present,
      hidden: (byKeyboard) => {
        if (byKeyboard) this.#icon?.focus();
        // One that has gone brings nothing back.
        void this.#host.look();
      },
      used: parts.used,
    });
    this.#notifications = new Notifications({
      // Not asked earlier: on macOS this very question asks the person for permission.
      make: (options) => (Notification.isSupported() ? new Notification(options) : null),
      words: parts.words,
      clock: systemClock,
      wanted: () => parts.settings.get('notifications'),
      isLookedAt: () => this.window.isLookedAt,
      open: (place) => this.showWindow(place),
    });
    this.#host = new TrayHost({
      platform,
      clock: systemClock,
      ask: () => askDesktop(),
      changed: () => {
        this.#drawIcon();
        this.window.trayChanged();
      },
    });
  }

  /**
   * Draws the icon, on Linux as soon as the desktop has said that it shows one; `false`: nothing shows one within
   * `waitMs`, so the window has to.
   */
  async open({ waitMs }: { readonly waitMs: number }): Promise<boolean> {
    nativeTheme.themeSource = this.#parts.settings.get('appearance');
    nativeTheme.on('updated', this.#redraw);
    const { platform } = process;
    leaveDock({ platform, packaged: this.#parts.packaged, dock: app.dock });
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(platform)));
    this.#drawIcon();
    await this.#host.wait(waitMs);
    return this.#host.present;
  }

  /** Opens the window, at a place of its own where that is meant. `trouble`: what is to be said there. */
  showWindow(place: Place | null = null, trouble: TokenTrouble | null = null): void {
    if (this.#closed) return;
    if (place !== null) this.#news = { place, trouble };
    const alreadyThere = this.window.contents !== null;
    this.window.show(this.#icon?.bounds ?? null);
    void this.#host.look();
    if (alreadyThere) this.#tellNews();
    this.refresh();
  }

  /** The window asked for its first view: now it can be told where to go. */
  windowIsThere(): void {
    setImmediate(() => this.#tellNews());
  }

  owns(contents: WebContents): boolean {
    return this.window.contents === contents;
  }

  /** Shows everywhere how things stand now: once, however many changes there were in this turn. */
  refresh(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    setImmediate(() => {
      this.#refreshing = false;
      if (!this.#closed) this.#show(this.#parts.view());
    });
  }

  /** A choice was made: what the window cannot show by itself takes effect here. */
  chosen(name: keyof Choices): void {
    if (name === 'appearance') nativeTheme.themeSource = this.#parts.settings.get('appearance');
    if (name === 'language') this.#icon?.redraw();
  }

  close(): void {
    this.#closed = true;
    this.#cancelLook();
    nativeTheme.off('updated', this.#redraw);
    this.#host.close();
    this.#notifications.close();
    this.window.close();
    this.#icon?.close();
  }

  readonly #redraw = (): void => this.#icon?.redraw();

  #show(view: AppView): void {
    this.#icon?.show(view);
    this.#notifications.show(view);
    const { contents } = this.window;
    if (contents) send(contents, 'view', view);
    this.#cancelLook();
    if (this.window.isVisible) this.#cancelLook = systemClock.schedule(lookEveryMs, () => this.refresh());
  }

  #tellNews(): void {
    const { contents } = this.window;
    if (!contents || this.#news === null) return;
    const { place, trouble } = this.#news;
    send(contents, 'goTo', place);
    if (trouble !== null) send(contents, 'trouble', trouble);
    this.#news = null;
  }

  #drawIcon(): void {
    if (this.#icon || !this.#host.present) return;
    const { platform } = process;
    this.#icon = new TrayIcon(
      {
        platform,
        clock: systemClock,
        words: this.#parts.words,
        makeTray: (image) => new Tray(image),
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it is how a Menu is made
        makeMenu: (template) => Menu.buildFromTemplate(template),
        image: trayImages({
          folder: join(import.meta.dirname, 'icons'),
          platform,
          isTaskbarDark: () => nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
          load: (path) => nativeImage.createFromPath(path),
        }),
        act: this.#parts.act,
        toggleWindow: (bounds) => this.window.toggle(bounds),
        showWindow: (bounds) => this.window.show(bounds),
      },
      this.#parts.view(),
    );
  }
}
