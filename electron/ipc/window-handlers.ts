import type { Settings } from '../core/ports.ts';
import type { Handlers } from './handle.ts';

/** What the requests about the window and the person's choices are done with. */
export interface WindowDesk {
  readonly settings: Settings;
  readonly window: { formHoldsText(holds: boolean): void; hide(): void };
  readonly vault: { choose(choice: 'memory' | 'keep'): Promise<void> };
  /** The system's own list of what starts at login. `false`: it did not take it. */
  readonly login: { set(start: boolean): Promise<boolean> };
  /** Ends the app as a quit does, and starts it again. */
  readonly restart: () => Promise<void>;
  /** Called after a choice. */
  readonly changed: () => void;
}

type WindowHandlers = Pick<
  Handlers,
  'chooseStorage' | 'startAtLogin' | 'restart' | 'dismissTrayHint' | 'formHoldsText' | 'hideWindow'
>;

/** The requests about the window itself, and about what a person is asked once. */
export function windowHandlers({
  settings,
  window,
  vault,
  login,
  restart,
  changed,
}: WindowDesk): WindowHandlers {
  return {
    async chooseStorage(choice) {
      await vault.choose(choice);
      changed();
      return null;
    },
    async startAtLogin(start) {
      await settings.set('startAtLoginAsked', true);
      await login.set(start);
      changed();
      return null;
    },
    async restart() {
      await restart();
      return null;
    },
    async dismissTrayHint() {
      await settings.set('trayHintSeen', true);
      changed();
      return null;
    },
    formHoldsText(holds) {
      window.formHoldsText(holds);
      return null;
    },
    hideWindow() {
      window.hide();
      return null;
    },
  };
}
