import { EventEmitter } from 'node:events';
import type {
  BrowserWindow,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  Notification,
  Rectangle,
  Tray,
  WebContents,
} from 'electron';

/** An image that is its name. */
export function namedImage(name: string): NativeImage {
  return { name } as unknown as NativeImage;
}

export interface FakeMenu {
  readonly items: readonly MenuItemConstructorOptions[];
}

export function fakeMenu(items: MenuItemConstructorOptions[]): Menu {
  return { items } as unknown as Menu;
}

/** Electron's Tray as far as it is used; keeps what it is told. */
export class FakeTray extends EventEmitter {
  readonly images: string[] = [];
  readonly toolTips: string[] = [];
  readonly menus: FakeMenu[] = [];
  readonly poppedUp: FakeMenu[] = [];
  bounds: Rectangle = { x: 1800, y: 0, width: 24, height: 24 };
  focused = 0;
  destroyed = false;
  ignoresDoubleClicks = false;

  get asTray(): Tray {
    return this as unknown as Tray;
  }

  setImage(image: { name: string }): void {
    this.images.push(image.name);
  }

  setToolTip(text: string): void {
    this.toolTips.push(text);
  }

  setContextMenu(menu: FakeMenu): void {
    this.menus.push(menu);
  }

  popUpContextMenu(menu: FakeMenu): void {
    this.poppedUp.push(menu);
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.ignoresDoubleClicks = ignore;
  }

  getBounds(): Rectangle {
    return this.bounds;
  }

  focus(): void {
    this.focused += 1;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

export class FakeContents extends EventEmitter {
  destroyed = false;
  crashed = false;
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  get asContents(): WebContents {
    return this as unknown as WebContents;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  /** Fires an event that can be prevented; answers whether it was. */
  attempts(name: string): boolean {
    let prevented = false;
    this.emit(name, { preventDefault: () => (prevented = true) });
    return prevented;
  }
}

/** Electron's BrowserWindow as far as it is used. */
export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  visible = false;
  minimized = false;
  destroyed = false;
  maximized = false;
  hasFocus = false;
  focused = 0;
  /** How often it was mapped. */
  mapped = 0;
  restored = 0;
  inTaskbar = true;
  bounds: Rectangle | null = null;
  url = '';
  loads = true;

  get asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isFocused(): boolean {
    return this.hasFocus;
  }

  getSize(): number[] {
    return [380, 600];
  }

  setBounds(bounds: Rectangle): void {
    this.bounds = bounds;
  }

  setSkipTaskbar(skip: boolean): void {
    this.inTaskbar = !skip;
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return this.loads ? Promise.resolve() : Promise.reject(new Error('ERR_FAILED (-2) loading'));
  }

  show(): void {
    if (!this.visible) this.mapped += 1;
    this.visible = true;
    this.minimized = false;
  }

  restore(): void {
    this.restored += 1;
    this.minimized = false;
  }

  focus(): void {
    this.focused += 1;
    this.hasFocus = true;
    this.emit('focus');
  }

  hide(): void {
    this.visible = false;
    this.hasFocus = false;
  }

  minimize(): void {
    this.minimized = true;
    this.visible = true;
    this.hasFocus = false;
  }

  /** The keyboard goes elsewhere. */
  losesFocus(): void {
    this.hasFocus = false;
    this.emit('blur');
  }

  destroy(): void {
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.visible = false;
    this.emit('closed');
  }

  /** The person presses the close button; answers whether the window went. */
  pressClose(): boolean {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('close', event);
    if (!event.prevented) this.destroy();
    return !event.prevented;
  }
}

export class FakeNotification extends EventEmitter {
  readonly title: string;
  readonly body: string;
  shown = 0;
  closed = false;

  constructor({ title = '', body = '' }: { title?: string; body?: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  get asNotification(): Notification {
    return this as unknown as Notification;
  }

  show(): void {
    this.shown += 1;
  }

  close(): void {
    this.closed = true;
  }
}
