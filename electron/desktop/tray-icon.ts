import type { Menu, MenuItemConstructorOptions, NativeImage, Rectangle, Tray } from 'electron';
import type { AppView } from '../contract/app-view.ts';
import { statusFace, type StatusFace } from '../contract/status-face.ts';
import type { Clock } from '../core/clock.ts';
import { firstLine, trayMenu, type TrayAction, type TrayLine } from './tray-menu.ts';
import type { Words } from './words.ts';

export interface TrayIconParts {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly words: Words;
  /** Electron's, after `ready`. */
  readonly makeTray: (image: NativeImage) => Tray;
  readonly makeMenu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly image: (icon: StatusFace['icon']) => NativeImage;
  /** A line of the menu was chosen. */
  readonly act: (action: TrayAction) => void;
  /** A click on the icon. `bounds`: where it is; null: the system does not say. */
  readonly toggleWindow: (bounds: Rectangle | null) => void;
  readonly showWindow: (bounds: Rectangle | null) => void;
}

const minute = 60_000;

/** The one icon in the tray, held for the life of the app. */
export class TrayIcon {
  readonly #parts: TrayIconParts;
  readonly #tray: Tray;
  #view: AppView;
  #shown = { image: '', toolTip: '', menu: '' };
  #menu: Menu | null = null;
  #cancelTick: () => void = () => undefined;

  constructor(parts: TrayIconParts, view: AppView) {
    this.#parts = parts;
    this.#view = view;
    this.#tray = parts.makeTray(parts.image(statusFace(view, parts.clock.wallNow()).icon));
    this.#listen();
    this.show(view);
  }

  /** Shows how things stand, from now on and as the minutes pass. */
  show(view: AppView): void {
    this.#view = view;
    this.#draw();
    this.#planTick();
  }

  /** Another theme or language: all is drawn anew. */
  redraw(): void {
    this.#shown = { image: '', toolTip: '', menu: '' };
    this.#draw();
  }

  /** Where the icon is; null: the system does not say, or the icon is hidden. */
  get bounds(): Rectangle | null {
    if (this.#parts.platform === 'linux') return null;
    const bounds = this.#tray.getBounds();
    return bounds.width > 0 && bounds.height > 0 ? bounds : null;
  }

  /** Gives the keyboard back to the tray: the window was put away by it (Windows). */
  focus(): void {
    if (this.#parts.platform === 'win32') this.#tray.focus();
  }

  /** For the program's end. */
  close(): void {
    this.#cancelTick();
    this.#tray.destroy();
  }

  #listen(): void {
    const { platform, toggleWindow, showWindow } = this.#parts;
    if (platform === 'linux') {
      // The host's `Activate`; where the icon is, it does not say. The host opens the menu by itself.
      this.#tray.on('click', () => toggleWindow(null));
      return;
    }
    // A menu that was set would open on a left click on macOS, and the window never.
    this.#tray.on('right-click', () => this.#tray.popUpContextMenu(this.#menu ?? undefined));
    this.#tray.on('click', (_event, bounds) => toggleWindow(bounds));
    // On macOS each click of two would come as one and a double one.
    if (platform === 'darwin') this.#tray.setIgnoreDoubleClickEvents(true);
    else this.#tray.on('double-click', (_event, bounds) => showWindow(bounds));
  }

  #draw(): void {
    const { platform, clock, words, image, makeMenu } = this.#parts;
    const now = clock.wallNow();
    const { icon } = statusFace(this.#view, now);
    const toolTip = firstLine(this.#view, now, words);
    const lines = trayMenu(this.#view, now, words);
    const menu = JSON.stringify(lines);
    if (this.#shown.image !== icon) this.#tray.setImage(image(icon));
    if (this.#shown.toolTip !== toolTip) this.#tray.setToolTip(toolTip);
    // An open menu is closed by being replaced, so an equal one is left alone.
    if (this.#shown.menu !== menu) {
      this.#menu = makeMenu(lines.map((line) => this.#item(line)));
      if (platform === 'linux') this.#tray.setContextMenu(this.#menu);
    }
    this.#shown = { image: icon, toolTip, menu };
  }

  #item(line: TrayLine): MenuItemConstructorOptions {
    const { act } = this.#parts;
    switch (line.kind) {
      case 'rule':
        return { type: 'separator' };
      case 'line':
        return {
          label: menuLabel(line.label),
          enabled: line.enabled,
          click: () => {
            if (line.action) act(line.action);
          },
        };
      case 'choices':
        return {
          label: menuLabel(line.label),
          submenu: line.choices.map(({ label, chosen, action }) => ({
            label: menuLabel(label),
            type: 'radio',
            checked: chosen,
            click: () => act(action),
          })),
        };
    }
  }

  /** One timer: each minute while a token lives or something is waited for, and at the end of each. */
  #planTick(): void {
    this.#cancelTick();
    const { clock } = this.#parts;
    const now = clock.wallNow();
    const { expiresAt, pausedUntil, rateLimitedUntil, unrecordedUntil, budget } = this.#view;
    const ends = [expiresAt, pausedUntil, rateLimitedUntil, unrecordedUntil, budget.nextAt].filter(
      (end) => end !== null && end > now,
    );
    const waits = ends.map((end) => ((end ?? now) - now) % minute || minute);
    if (waits.length === 0) return;
    // A moment later, so that the minute is certainly over.
    this.#cancelTick = clock.schedule(Math.min(...waits) + 50, () => this.show(this.#view));
  }
}

/** A label as it is meant: `&` marks the key of a line in a menu. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
