import { app } from 'electron';
import type { TrayAction } from './desktop/tray-menu.ts';
import type { Handlers } from './ipc/handle.ts';
import type { TraySurface } from './tray-surface.ts';

const anHour = 3_600;

/** Does what a line of the tray's menu says, by the same handlers as the window; what could not be done, it shows. */
export async function runCommand(
  action: TrayAction,
  handlers: Handlers,
  surface: Pick<TraySurface, 'showWindow'>,
): Promise<void> {
  const { copyToken, renewNow, pauseTools, resumeTools, showAccount } = handlers;
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
    case 'renew': {
      const done = await (action.do === 'renew' ? renewNow() : copyToken());
      if (!done.ok) surface.showWindow('status', done.failure);
      break;
    }
    case 'pause':
    case 'resume': {
      const done = await (action.do === 'pause' ? pauseTools(anHour) : resumeTools());
      // It holds all the same, until the program ends.
      if (!done.ok) surface.showWindow('status');
    }
  }
}
