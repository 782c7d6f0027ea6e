import { join } from 'node:path';
import { app, BaseWindow, clipboard, ClipboardItem, powerMonitor } from 'electron';
import { systemClock } from './adapters/system-clock.ts';
import { TextFile } from './adapters/text-file.ts';
import type { AppView } from './contract/app-view.ts';
import { defaultPort } from './contract/default-port.ts';
import { withinMs } from './core/deadline.ts';
import { appView } from './core/app-view.ts';
import { hashedCopyMark } from './desktop/copy-mark.ts';
import { languageOf } from './desktop/language.ts';
import { watchPower } from './desktop/power-events.ts';
import { watchSessionEnd } from './desktop/session-end.ts';
import { TokenClipboard } from './desktop/token-clipboard.ts';
import { isWayland } from './desktop/window-system.ts';
import { Words } from './desktop/words.ts';
import { handleRequests, type Handlers } from './ipc/handle.ts';
import { runCommand } from './tray-commands.ts';
import type { TrayDeskParts } from './tray-parts.ts';
import { trayRequests } from './tray-requests.ts';
import { TraySurface } from './tray-surface.ts';

/** Where tools are served unless another program was there first. */
const usualUrl = `http://127.0.0.1:${defaultPort}`;

/** How long a sign-out waits for the system's clipboard, in milliseconds. */
const clipboardMs = 1_000;

/** Joins what people see and do with what the home's parts can: the view one way, each action the other. */
export class TrayDesk {
  readonly words: Words;
  readonly #parts: TrayDeskParts;
  readonly #surface: TraySurface;
  readonly #clipboard: TokenClipboard;
  readonly #handlers: Handlers;
  /** Windows: what is told that the session ends. */
  #sessionEnd: BaseWindow | null = null;
  /** The account that window, tray and menu show; null: the default one. */
  readonly #shown: { account: string | null } = { account: null };

  constructor(parts: TrayDeskParts) {
    this.#parts = parts;
    const { settings } = parts.home;
    this.words = new Words(() => this.#language());
    const { platform, env } = process;
    const ozonePlatform = app.commandLine.getSwitchValue('ozone-platform');
    const wayland = isWayland({ platform, env, ozonePlatform });
    this.#clipboard = new TokenClipboard({
      clipboard: {
        write: (item) => clipboard.write([new ClipboardItem(item)]),
        readText: () => clipboard.readText(),
        has: (format) => clipboard.has(format),
        clear: () => clipboard.clear(),
      },
      platform,
      wayland,
      hasFocus: () => this.#surface.window.isLookedAt,
      clock: systemClock,
      mark: hashedCopyMark(new TextFile(join(parts.folder, 'copied')), parts.folder),
      seconds: () => settings.get('clipboardSeconds'),
      changed: () => this.refresh(),
    });
    this.#surface = new TraySurface({
      settings,
      words: this.words,
      packaged: app.isPackaged,
      wayland,
      used: () => void this.#clipboard.windowUsed(),
      view: () => this.#view(),
      act: (action) => void runCommand(action, this.#handlers, { surface: this.#surface, wayland }),
    });
    this.#handlers = trayRequests({
      ...parts,
      surface: this.#surface,
      tokenClipboard: this.#clipboard,
      takesCopies: () => !wayland || this.#surface.window.isLookedAt,
      shown: this.#shown,
      view: () => this.#view(),
      changed: () => this.refresh(),
    });
  }

  /**
   * Shows icon and, unless the system started the app at login, the window. `opened`: what is stored has been taken
   * up, which a key store's prompt may hold up.
   */
  async open({
    hidden,
    opened,
  }: {
    readonly hidden: boolean;
    readonly opened: Promise<unknown>;
  }): Promise<void> {
    const { home, login } = this.#parts;
    handleRequests({
      handlers: this.#handlers,
      isOurs: (sender) => this.#surface.owns(sender),
      log: home.log,
    });
    const cleared = this.#clipboard.clearLeftover();
    // At login the desktop's panel may come a moment after us.
    const looked = this.#surface.open({ waitMs: hidden ? 15_000 : 0 });
    if (!hidden) this.showWindow();
    await Promise.all([opened, cleared]);
    this.refresh();
    if (hidden && needsPerson(this.#view())) this.showWindow();
    if (hidden && !(await looked)) this.showWindow();
    this.#parts.versions.start();
    await login.reconcile();
  }

  /** Listens to the system's power events and, on Windows, to the end of the session. */
  listen({ shuttingDown }: { readonly shuttingDown: () => void }): void {
    const { accounts, pause, sessions } = this.#parts.home.core;
    const tryAgain = () => void accounts.person.tryAgain();
    watchPower(powerMonitor, process.platform, {
      // What began now would be cut off on its way: it waits, as after waking.
      suspended: () => sessions.wake.woke(),
      resumed: () => {
        sessions.wake.woke();
        tryAgain();
      },
      screenLocked: () => {
        pause.screenLocked(true);
        void this.#clipboard.clear();
      },
      screenUnlocked: () => {
        pause.screenLocked(false);
        tryAgain();
      },
      shuttingDown,
    });
    if (process.platform !== 'win32') return;
    const { person } = accounts;
    this.#sessionEnd = watchSessionEnd({
      makeWindow: (options) => new BaseWindow(options),
      isWindowVisible: () => this.#surface.window.isVisible,
      wouldLose: () => person.hasUnsaved() || person.awaitsAnswer(),
      beginNothing: () => sessions.wake.woke(),
      save: tryAgain,
      end: shuttingDown,
    });
  }

  showWindow(): void {
    this.#surface.showWindow();
  }

  refresh(): void {
    this.#surface.refresh();
  }

  /** Takes a copied token off the clipboard; a clipboard that hangs is not waited for. Never rejects. */
  async clearCopy(): Promise<void> {
    await withinMs(
      systemClock,
      clipboardMs,
      this.#clipboard.clear().catch(() => undefined),
    );
  }

  letWindowClose(may: boolean): void {
    this.#surface.window.mayClose(may);
  }

  async close(): Promise<void> {
    this.#parts.versions.stop();
    this.#sessionEnd?.destroy();
    this.#surface.close();
    await this.#clipboard.close();
  }

  #language(): AppView['language'] {
    return languageOf(this.#parts.home.settings.get('language'), app.getPreferredSystemLanguages());
  }

  #view(): AppView {
    const { home, vault, service, launch, login, managed } = this.#parts;
    const { url } = home.endpoint;
    return appView(
      {
        core: home.core,
        vault: home.vault,
        settings: home.settings,
        copied: this.#clipboard.copied,
        endpoint: {
          url,
          moved: launch.port === null && home.settings.get('port') === null && url !== usualUrl,
        },
        service,
        policy: managed.policy,
        username: launch.username,
        language: this.#language(),
        storageProtected: vault.storageProtected,
        keyStoreTrouble: vault.trouble,
        mayStartAtLogin: login.isOffered && !launch.memoryOnly,
        newVersion: this.#parts.versions.view,
      },
      this.#shown.account,
    );
  }
}

/** A start at login shows no window, unless a person is needed: one who signed out is not. */
function needsPerson({ state, account, restartUnlocks }: AppView): boolean {
  return account === null || state === 'needs_sign_in' || state === 'suspended' || restartUnlocks;
}
