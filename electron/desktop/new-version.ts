import type { NewVersion } from '../contract/app-view.ts';

/** What is used of electron-updater: it fetches an installer, and checks who signed it, before it runs it. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  logger: unknown;
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

/** What a person does about a newer version, one step at a time; nothing is fetched before they say so. */
export class NewVersionDesk {
  readonly #parts: NewVersionDeskParts;
  #step: NewVersion['step'] = 'there';
  #updater: Updater | null = null;

  constructor(parts: NewVersionDeskParts) {
    this.#parts = parts;
  }

  get view(): NewVersion | null {
    const version = this.#parts.found();
    if (version === null) return null;
    return { version, step: this.#step, way: this.#parts.loadUpdater === null ? 'page' : 'install' };
  }

  /** Takes the next step: opens the page; or fetches it, and installs what was fetched. */
  async take(): Promise<void> {
    if (this.view === null) return;
    const { loadUpdater, openPage } = this.#parts;
    if (loadUpdater === null) await openPage();
    else if (this.#step === 'ready') this.#updater?.quitAndInstall();
    else if (this.#step !== 'fetching') await this.#fetch(loadUpdater);
  }

  async #fetch(loadUpdater: () => Promise<Updater>): Promise<void> {
    this.#be('fetching');
    try {
      const updater = await loadUpdater();
      updater.autoDownload = false;
      // A person who quits wants it closed, and not another one in its place.
      updater.autoInstallOnAppQuit = false;
      updater.allowDowngrade = false;
      // It would log addresses and paths; what matters is in the state.
      updater.logger = null;
      await updater.checkForUpdates();
      await updater.downloadUpdate();
      this.#updater = updater;
      this.#be('ready');
    } catch {
      this.#parts.failed();
      this.#be('failed');
    }
  }

  #be(step: NewVersion['step']): void {
    this.#step = step;
    this.#parts.changed();
  }
}
