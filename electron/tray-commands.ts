import { app } from 'electron';
import type { TokenTrouble } from './contract/bridge.ts';
import type { Result } from './contract/result.ts';
import type { TrayAction } from './desktop/tray-menu.ts';
import type { Handlers } from './ipc/handle.ts';
import type { TraySurface } from './tray-surface.ts';

const anHour = 3_600;

/** Does what a line of the tray's menu says, by the same handlers as the window; what could not be done, it shows. */
export async function runCommand(
  action: TrayAction,
  handlers: Handlers,
  { surface, wayland }: { readonly surface: Pick<TraySurface, 'showWindow'>; readonly wayland: boolean },
): Promise<void> {
  const { copyToken, renewNow, pauseTools, resumeTools, showAccount } = handlers;
  const orShow = (done: Result<null, TokenTrouble>) => {
    if (!done.ok) surface.showWindow('status', done.failure);
  };
  switch (action.do) {
    case 'open':
    case 'new_version':
      surface.showWindow();
      break;
    case 'sign_in':
      surface.showWindow('login');
      break;
    case 'sign_out':
      surface.showWindow('sign_out');
      break;
    case 'settings':
      surface.showWindow('settings');
      break;
    case 'show_account':
      await showAccount(action.account);
      break;
    case 'restart':
      await handlers.restart();
      break;
    case 'quit':
      app.quit();
      break;
    case 'copy_token':
      // While the menu is open it has the keyboard, and Wayland takes a copy from who has it.
      if (wayland) surface.showWindow('status', { code: 'clipboard_focus' });
      else orShow(await copyToken());
      break;
    case 'renew':
      orShow(await renewNow());
      break;
    case 'pause':
    case 'resume': {
      const done = await (action.do === 'pause' ? pauseTools(anHour) : resumeTools());
      // It holds all the same, until the program ends.
      if (!done.ok) surface.showWindow('status');
    }
  }
}
