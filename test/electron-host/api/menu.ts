import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, PopupOptions } from 'electron';
import type { MenuLine } from '../control/calls.ts';
import { onControl } from '../control/control-channel.ts';
import { BrowserWindow } from './browser-window.ts';
import { roleOf, submenuOf } from './menu-roles.ts';

let lastCommand = 0;

/** `electron.MenuItem`. */
export class MenuItem {
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly role: MenuItemConstructorOptions['role'];
  readonly id: string;
  readonly commandId = (lastCommand += 1);
  readonly submenu: Menu | null;
  readonly accelerator: string | null;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  icon: MenuItemConstructorOptions['icon'];
  menu: Menu | null = null;
  readonly click: () => void;

  constructor(options: MenuItemConstructorOptions) {
    const { role, label, submenu } = options;
    const known = role === undefined ? null : roleOf(role);
    const below = submenu ?? (role === undefined ? null : submenuOf(role));
    this.role = role;
    this.type = options.type ?? (below === null ? 'normal' : 'submenu');
    if (label === undefined && role === undefined && this.type !== 'separator') {
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    }
    if (this.type === 'submenu' && below === null) throw new Error('Invalid submenu');
    this.submenu = Array.isArray(below) ? Menu.buildFromTemplate(below) : (below as Menu | null);
    this.id = options.id ?? '';
    this.label = label ?? known?.label() ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? known?.accelerator ?? null;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.icon = options.icon;
    this.click = () => {
      const window = BrowserWindow.getFocusedWindow();
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.menu?.choose(this);
      known?.run?.(window);
      // A role has its own meaning, and a click function beside it is not called.
      if (known?.run === undefined) options.click?.(this as never, window as never, keyboardEvent);
    };
  }
}

const keyboardEvent = {
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  triggeredByAccelerator: false,
};

let applicationMenu: Menu | null = null;
let poppedUp: Menu | null = null;
const popUp = (menu: Menu | null): void => {
  poppedUp = menu;
};

/** `electron.Menu`. */
export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item');
    item.menu = this;
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
  popup(options: PopupOptions = {}): void {
    popUp(this);
    this.emit('menu-will-show', {});
    this.once('menu-will-close', () => options.callback?.());
  }
  closePopup(): void {
    if (poppedUp !== this) return;
    popUp(null);
    this.emit('menu-will-close', {});
  }

  /** For a radio item of this menu: the others beside it go out. */
  choose(chosen: MenuItem): void {
    for (const item of this.items) if (item.type === 'radio') item.checked = item === chosen;
  }

  /** As it looks now. */
  lines(): MenuLine[] {
    return this.items.map(({ label, type, enabled, visible, checked, submenu }) => ({
      label,
      type,
      enabled,
      visible,
      checked,
      ...(submenu !== null && { submenu: submenu.lines() }),
    }));
  }

  /** As a person clicks: through submenus by their labels; fails where there is nothing to click. */
  clickAt(path: readonly string[], shown: readonly MenuLine[] = this.lines()): void {
    const [label, ...rest] = path;
    const at = shown.findIndex((line) => line.visible && line.label === label);
    const [line, item] = [shown[at], this.items[at]];
    if (line === undefined || item === undefined) throw new Error(`The menu has no ${String(label)}.`);
    if (!line.enabled) throw new Error(`${line.label} is greyed out.`);
    if (rest.length > 0) item.submenu?.clickAt(rest, line.submenu);
    else item.click();
  }
}

onControl('menu.look', (menu) => (menu === 'application' ? applicationMenu : poppedUp)?.lines() ?? null);

/** Clicks in a menu that is not the tray's. */
export function clickMenu(menu: 'application' | 'popup', path: readonly string[]): void {
  const clicked = menu === 'application' ? applicationMenu : poppedUp;
  if (clicked === null) throw new Error('There is no such menu.');
  clicked.clickAt(path);
  if (menu === 'popup') clicked.closePopup();
}
