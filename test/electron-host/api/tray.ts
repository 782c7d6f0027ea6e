import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point, Rectangle } from 'electron';
import type { MenuLine } from '../control/calls.ts';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';
import { clickMenu, type Menu } from './menu.ts';
import { nativeImage, type NativeImage } from './native-image.ts';
import { needsReady } from './readiness.ts';

let hasHost = hostSettings.trayHost ?? true;
tellBus();
const trays: Tray[] = [];

/** `electron.Tray`. Without a tray to sit in nothing fails and nobody sees it, as in Electron on Linux. */
export class Tray extends EventEmitter {
  #image: NativeImage;
  #tooltip = '';
  #title = '';
  #menu: Menu | null = null;
  /** On Linux a menu shows what it held when it was set; changes after that are not seen. */
  #shown: readonly MenuLine[] | null = null;
  #destroyed = false;

  constructor(image: NativeImage | string) {
    needsReady('Cannot create Tray before app is ready');
    super();
    this.#image = usable(image);
    trays.push(this);
  }

  setImage(image: NativeImage | string): void {
    this.#alive();
    this.#image = usable(image);
  }
  setPressedImage(image: NativeImage | string): void {
    this.#alive();
    usable(image);
  }
  setToolTip(toolTip: string): void {
    this.#alive();
    this.#tooltip = toolTip;
  }
  setTitle(title: string): void {
    this.#alive();
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContextMenu(menu: Menu | null): void {
    this.#alive();
    this.#menu = menu;
    this.#shown = menu?.lines() ?? null;
  }
  popUpContextMenu(menu?: Menu): void {
    this.#alive();
    // The host alone opens it there.
    if (process.platform === 'linux') return;
    (menu ?? this.#menu)?.popup();
  }
  closeContextMenu(): void {
    this.#menu?.closePopup();
  }
  setIgnoreDoubleClickEvents(): void {
    this.#alive();
  }
  focus(): void {
    this.#alive();
  }
  getBounds(): Rectangle {
    this.#alive();
    if (process.platform === 'linux' || !hasHost) return { x: 0, y: 0, width: 0, height: 0 };
    return { x: 1800, y: 0, width: 24, height: 24 };
  }
  destroy(): void {
    this.#destroyed = true;
    trays.splice(trays.indexOf(this), 1);
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  look() {
    const menu = process.platform === 'linux' ? this.#shown : (this.#menu?.lines() ?? null);
    const { describe } = this.#image;
    return { tooltip: this.#tooltip, title: this.#title, image: describe(), menu, visible: hasHost };
  }
  click(path: readonly string[]): void {
    const { menu } = this.look();
    if (this.#menu === null || menu === null) throw new Error('The tray has no menu.');
    if (!hasHost) throw new Error('There is no tray to click in.');
    this.#menu.clickAt(path, menu);
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed');
  }
}

/** The app asks the session bus whether there is a tray, as Electron does; in a test a program answers for the bus. */
function tellBus(): void {
  const { systemFolder } = hostSettings;
  if (systemFolder !== undefined) writeFileSync(join(systemFolder, 'tray-host'), String(hasHost));
}

function usable(image: NativeImage | string): NativeImage {
  if (typeof image !== 'string') return image;
  const loaded = nativeImage.createFromPath(image);
  if (loaded.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
  return loaded;
}

function onlyTray(): Tray {
  const [tray] = trays;
  if (tray === undefined || trays.length > 1) throw new Error(`There are ${trays.length} tray icons.`);
  return tray;
}

onControl('tray.look', () => (trays.length === 0 ? null : onlyTray().look()));
onControl('tray.host', (present) => {
  hasHost = present;
  tellBus();
});
onControl('tray.event', (event, position: Point) => {
  if (!hasHost) throw new Error('There is no tray to click in.');
  const tray = onlyTray();
  if (process.platform === 'linux') {
    // The host's `Activate` comes without a place (Electron: shell/browser/ui/tray_icon_linux.cc).
    if (event !== 'click') throw new Error(`On Linux a tray has no ${event}.`);
    tray.emit('click', {}, tray.getBounds(), { x: 0, y: 0 });
    return;
  }
  tray.emit(event, {}, tray.getBounds(), position);
});
onControl('menu.click', (path, menu) => {
  if (menu === 'tray') onlyTray().click(path);
  else clickMenu(menu, path);
});
