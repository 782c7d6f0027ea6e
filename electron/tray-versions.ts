import { join } from 'node:path';
import { app, net, shell } from 'electron';
import { isNewerRelease, newestRelease, readReleaseFeed, type ReleaseFeed } from './adapters/release-feed.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { NewVersion } from './contract/app-view.ts';
import { VersionWatch } from './core/version-watch.ts';
import type { Log, Settings } from './core/ports.ts';
import { externalLink } from './desktop/external-links.ts';
import { canReplaceItself, isInstalledByMsi, NewVersionDesk, type Updater } from './desktop/new-version.ts';

export interface TrayVersionsParts {
  readonly settings: Settings;
  readonly log: Log;
  /** The machine's policy is wrong, and might have forbidden it. */
  readonly forbidden: boolean;
  /** See NewVersionDesk. */
  readonly mayEnd: () => Promise<boolean>;
  readonly stays: () => void;
  readonly changed: () => void;
}

/** New versions of the program, from the daily look to the restart. A build without releases knows none. */
export class TrayVersions {
  /** Whether this build has releases that can be looked at. */
  readonly looks: boolean;
  readonly #watch: VersionWatch | null;
  readonly #desk: NewVersionDesk | null;

  private constructor(
    feed: ReleaseFeed | null,
    { settings, log, forbidden, mayEnd, stays, changed }: TrayVersionsParts,
  ) {
    this.looks = feed !== null && !forbidden;
    if (feed === null) {
      this.#watch = null;
      this.#desk = null;
      return;
    }
    const watch = new VersionWatch({
      clock: systemClock,
      settings,
      wanted: () => this.looks && settings.get('lookForNewVersions'),
      // By Chromium, which knows the system's proxies and authorities.
      newest: () => newestRelease(feed.url, (url, init) => net.fetch(url, init)),
      isNewer: (version) => isNewerRelease(version, app.getVersion()),
      changed,
    });
    this.#watch = watch;
    this.#desk = new NewVersionDesk({
      found: () => watch.found,
      loadUpdater: canReplaceItself(process.platform, feed.namesPublisher) ? loadUpdater : null,
      openPage: () => openPage(feed.page),
      move: moveToApplications(),
      mayEnd,
      stays,
      changed,
      failed: () => log.warn('new_version_not_fetched'),
    });
  }

  static async of(parts: TrayVersionsParts): Promise<TrayVersions> {
    const { platform, arch, resourcesPath } = process;
    const looks = app.isPackaged && !isInstalledByMsi(process);
    const file = looks ? join(resourcesPath, 'app-update.yml') : null;
    return new TrayVersions(file === null ? null : await readReleaseFeed(file, { platform, arch }), parts);
  }

  get view(): NewVersion | null {
    return this.#desk?.view ?? null;
  }

  start(): void {
    this.#watch?.start();
  }

  stop(): void {
    this.#watch?.stop();
  }

  async take(): Promise<void> {
    await this.#desk?.take();
  }
}

/** See NewVersionDesk. An older copy in the Applications folder goes to the Trash, as Electron does by itself. */
function moveToApplications(): (() => boolean) | null {
  if (process.platform !== 'darwin' || app.isInApplicationsFolder()) return null;
  return () => app.moveToApplicationsFolder();
}

/** electron-updater's own for this system. */
async function loadUpdater(): Promise<Updater> {
  const { MacUpdater, NsisUpdater } = await import('electron-updater');
  return process.platform === 'darwin' ? new MacUpdater() : new NsisUpdater();
}

/** The page that the build names, and no other, whatever was answered since. */
async function openPage(page: string): Promise<void> {
  const link = externalLink(page, new Set([new URL(page).host]));
  if (link !== null) await shell.openExternal(link);
}
