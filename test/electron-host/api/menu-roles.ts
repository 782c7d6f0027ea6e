import type { MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

interface RoleWindow {
  close(): void;
  minimize(): void;
  reload(): void;
}

interface KnownRole {
  readonly label: () => string;
  readonly accelerator?: string;
  readonly run?: (window: RoleWindow | null) => void;
}

/** What a role means (Electron: lib/browser/api/menu-item-roles.ts). Editing happens in the page itself. */
const roles: Partial<Record<Role, KnownRole>> = {
  about: { label: () => `About ${app.getName()}` },
  appMenu: { label: () => app.getName() },
  close: { label: () => 'Close Window', accelerator: 'CommandOrControl+W', run: (window) => window?.close() },
  copy: { label: () => 'Copy', accelerator: 'CommandOrControl+C' },
  cut: { label: () => 'Cut', accelerator: 'CommandOrControl+X' },
  delete: { label: () => 'Delete' },
  editMenu: { label: () => 'Edit' },
  hide: { label: () => `Hide ${app.getName()}`, accelerator: 'Command+H', run: () => app.hide() },
  hideOthers: { label: () => 'Hide Others', accelerator: 'Command+Alt+H' },
  minimize: {
    label: () => 'Minimize',
    accelerator: 'CommandOrControl+M',
    run: (window) => window?.minimize(),
  },
  paste: { label: () => 'Paste', accelerator: 'CommandOrControl+V' },
  pasteAndMatchStyle: { label: () => 'Paste and Match Style' },
  quit: { label: () => `Quit ${app.getName()}`, accelerator: 'CommandOrControl+Q', run: () => app.quit() },
  redo: { label: () => 'Redo', accelerator: 'Shift+CommandOrControl+Z' },
  reload: { label: () => 'Reload', accelerator: 'CmdOrCtrl+R', run: (window) => window?.reload() },
  selectAll: { label: () => 'Select All', accelerator: 'CommandOrControl+A' },
  services: { label: () => 'Services' },
  toggleDevTools: { label: () => 'Toggle Developer Tools' },
  undo: { label: () => 'Undo', accelerator: 'CommandOrControl+Z' },
  unhide: { label: () => 'Show All' },
  viewMenu: { label: () => 'View' },
  window: { label: () => 'Window' },
  windowMenu: { label: () => 'Window' },
  zoom: { label: () => 'Zoom' },
};

const editing: readonly Role[] = ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'];

export function roleOf(role: Role): KnownRole {
  const known = roles[role];
  if (known === undefined) throw new Error(`The stand-in for Electron does not know the menu role ${role}.`);
  return known;
}

/** The items that a menu role brings along. */
export function submenuOf(role: Role): MenuItemConstructorOptions[] | null {
  if (role === 'editMenu') return editing.map((item) => ({ role: item }));
  if (role === 'windowMenu') return [{ role: 'minimize' }, { role: 'close' }];
  if (role === 'viewMenu') return [{ role: 'reload' }];
  if (role === 'appMenu') return [{ role: 'about' }, { type: 'separator' }, { role: 'quit' }];
  return null;
}
