import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import type { NewVersion } from '../contract/app-view.ts';

/** What is used of electron-updater: it fetches an installer, and checks who signed it, before it runs it. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  logger: unknown;
  on(event: 'error', listener: () => void): unknown;
  checkForUpdates(): Promise<unknown>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(): void;
}

export interface NewVersionDeskParts {
  /** The number of a newer version; null: none. */
  readonly found: () => string | null;
  /** Null: this system’s packages cannot be checked, so the person gets it by themselves. */
  readonly loadUpdater: (() => Promise<Updater>) | null;
  readonly openPage: () => Promise<void>;
  /**
   * macOS: moves the app to the Applications folder and starts it there; false: the person did not let it. Throws where it
   * cannot. Null: it is there, or needs no move. Squirrel.Mac cannot replace a copy on a disk image, nor the read-only
   * one that macOS starts in its place (translocation).
   */
  readonly move: (() => boolean) | null;
  /** Asks whatever a quit would ask, and lets the window close; false: the person stays. */
  readonly mayEnd: () => Promise<boolean>;
  /** The app goes on, though `mayEnd` let it end. */
  readonly stays: () => void;
  readonly changed: () => void;
  readonly failed: () => void;
}

/**
 * Whether a build can replace itself safely. electron-updater checks no signature of what Linux installs, and on Windows
 * none of a build that does not name who signs it; macOS itself refuses what others signed.
 */
export function canReplaceItself(platform: string, namesPublisher: boolean): boolean {
  return platform === 'darwin' || (platform === 'win32' && namesPublisher);
}

/**
 * Whether this copy was installed for all users, by the MSI: whoever did that distributes new versions, too. The other
 * installer, NSIS, leaves its uninstaller beside the program.
 */
export function isInstalledByMsi(
  { platform, execPath }: { readonly platform: string; readonly execPath: string },
  exists: (path: string) => boolean = existsSync,
): boolean {
  return platform === 'win32' && !exists(win32.join(win32.dirname(execPath), 'Uninstall Token Tray.exe'));
}

/** What a person does about a newer version, one step at a time; nothing is fetched before they say so. */
export class NewVersionDesk {
  readonly #parts: NewVersionDeskParts;
  #step: NewVersion['step'] = 'there';
  /** The version that the step is about. */
  #about: string | null = null;
  #updater: Updater | null = null;
  #installing = false;

  constructor(parts: NewVersionDeskParts) {
    this.#parts = parts;
  }

  get view(): NewVersion | null {
    const version = this.#parts.found();
    if (version === null) return null;
    // What was fetched, or failed, says nothing of a version that came after it.
    const counts = version === this.#about || this.#step === 'fetching';
    return { version, step: counts ? this.#step : 'there', way: this.#way() };
  }

  /** Takes the next step: opens the page; or fetches it, and installs what was fetched. */
  async take(): Promise<void> {
    const { view } = this;
    if (view === null || this.#installing) return;
    const { loadUpdater, move, openPage } = this.#parts;
    if (loadUpdater === null) await openPage();
    else if (move !== null) await this.#move(move, view.version);
    else if (view.step === 'ready') await this.#install();
    else if (view.step !== 'fetching') await this.#fetch(loadUpdater, view.version);
  }

  #way(): NewVersion['way'] {
    if (this.#parts.loadUpdater === null) return 'page';
    return this.#parts.move === null ? 'install' : 'move';
  }

  /** Where it succeeds, the app ends and starts in the other place: a person who wants to stay has to say so earlier. */
  async #move(move: () => boolean, version: string): Promise<void> {
    this.#about = version;
    this.#installing = true;
    try {
      if (await this.#parts.mayEnd()) {
        if (move()) return;
        this.#parts.stays();
      }
      this.#installing = false;
      this.#be('there');
    } catch {
      this.#fail();
    }
  }

  async #fetch(loadUpdater: () => Promise<Updater>, version: string): Promise<void> {
    this.#about = version;
    this.#be('fetching');
    try {
      const updater = (this.#updater ??= this.#prepared(await loadUpdater()));
      await updater.checkForUpdates();
      await updater.downloadUpdate();
      this.#be('ready');
    } catch {
      this.#fail();
    }
  }

  #prepared(updater: Updater): Updater {
    updater.autoDownload = false;
    // A person who quits wants it closed, and not another one in its place.
    updater.autoInstallOnAppQuit = false;
    updater.allowDowngrade = false;
    // It would log addresses and paths; what matters is in the state.
    updater.logger = null;
    // While it fetches, its calls say so as well. What macOS finds wrong with a signature comes here alone.
    updater.on('error', () => {
      if (this.#installing) this.#fail();
    });
    return updater;
  }

  /** On Windows the installer runs before the app is told to quit: a person who wants to stay has to say so earlier. */
  async #install(): Promise<void> {
    this.#installing = true;
    try {
      if (await this.#parts.mayEnd()) this.#updater?.quitAndInstall();
      else this.#installing = false;
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    if (this.#installing) this.#parts.stays();
    this.#installing = false;
    this.#parts.failed();
    this.#be('failed');
  }

  #be(step: NewVersion['step']): void {
    this.#step = step;
    this.#parts.changed();
  }
}
