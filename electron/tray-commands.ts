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
      surface.showWindow();
      break;
    case 'sign_in':
      surface.showWindow('login');
      break;
    case 'sign_out':
      surface.showWindow('sign_out');
      break;
    case 'show_account':
      await showAccount(action.account);
      break;
    case 'quit':
      app.quit();
      break;
    default: {
      const steps = {
        copy_token: copyToken,
        renew: renewNow,
        pause: () => pauseTools(anHour),
        resume: resumeTools,
      };
      const done = await steps[action.do]();
      if (!done.ok) surface.showWindow('status');
    }
  }
}
