import { app, clipboard, ClipboardItem } from 'electron';
import { systemClock } from './adapters/system-clock.ts';
import { tryTool } from './adapters/tool-trial.ts';
import type { AppView } from './contract/app-view.ts';
import type { TokenClipboard } from './desktop/token-clipboard.ts';
import { digestOf, newToolKey } from './endpoint/key.ts';
import { outlookAnswer } from './endpoint/routes/outlook.ts';
import { connectHandlers } from './ipc/connect-handlers.ts';
import type { Handlers } from './ipc/handle.ts';
import { sessionHandlers } from './ipc/session-handlers.ts';
import { settingsHandlers } from './ipc/settings-handlers.ts';
import { toolHandlers } from './ipc/tool-handlers.ts';
import { windowHandlers } from './ipc/window-handlers.ts';
import { TrayCare } from './tray-care.ts';
import type { TrayDeskParts } from './tray-parts.ts';
import type { TraySurface } from './tray-surface.ts';

/** What the requests of a window are done with, besides the parts of the home. */
export interface TrayRequestsParts extends TrayDeskParts {
  readonly surface: TraySurface;
  readonly tokenClipboard: TokenClipboard;
  /** Whether the system's clipboard would take a copy now: see `TokenClipboard.copy`. */
  readonly takesCopies: () => boolean;
  /** The account that window, tray and menu show; null: the default one. */
  readonly shown: { account: string | null };
  readonly view: () => AppView;
  readonly changed: () => void;
}

/** All that a window may ask, each joined with what does it. */
export function trayRequests(parts: TrayRequestsParts): Handlers {
  const { home, surface, tokenClipboard, takesCopies, view, changed } = parts;
  const copyText = async (text: string) => takesCopies() && (await copyPlain(text));
  const { settings, core, endpoint } = home;
  const care = new TrayCare({
    folder: parts.folder,
    policyPath: parts.managed.path,
    view,
    outlook: () =>
      outlookAnswer(core.accounts.outlook(), {
        programsOfThisUser: settings.get('programsOfThisUser'),
        toolKeys: core.tools.list().length,
        now: systemClock.wallNow(),
      }),
    lookAtServices: home.lookAtServices,
  });
  return {
    ...sessionHandlers({
      accounts: core.accounts,
      pause: core.pause,
      shown: parts.shown,
      clipboard: tokenClipboard,
      view,
      changed,
    }),
    ...windowHandlers({
      settings,
      window: surface.window,
      vault: parts.vault,
      login: parts.login,
      restart: parts.restart,
      changed,
    }),
    ...toolHandlers({
      accounts: core.accounts,
      tools: core.tools,
      activity: core.activity,
      settings,
      endpoint,
      shownAccount: () => view().account,
      copyText,
      changed,
    }),
    ...connectHandlers({
      tools: core.tools,
      makeKey: () => {
        const key = newToolKey();
        return { key, digest: digestOf(key) };
      },
      url: endpoint.url,
      copySecret: async (text) => (await tokenClipboard.copy(text, null)) === 'copied',
      tryKey: (key) => tryTool(endpoint.url, key),
    }),
    ...settingsHandlers({
      settings,
      login: parts.login,
      tellsScreenLock: process.platform !== 'linux',
      portInUse: Number(new URL(endpoint.url).port),
      version: app.getVersion(),
      versions: parts.versions,
      managed: parts.managed,
      chosen: (name) => {
        surface.chosen(name);
        changed();
      },
      examine: () => care.check(),
      supportDetails: (page) => care.supportDetails(page),
      licences: () => care.licences(),
      copyText,
    }),
    getView: () => {
      surface.windowIsThere();
      return view();
    },
  };
}

/** Puts a text that is no secret on the clipboard. */
async function copyPlain(text: string): Promise<boolean> {
  return clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
    () => true,
    () => false,
  );
}
