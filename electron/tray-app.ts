import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, protocol, safeStorage, session } from 'electron';
import { readPolicy } from './adapters/policy-file.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { AppFolders } from './app-folders.ts';
import { appScheme } from './contract/app-origin.ts';
import type { Failure } from './contract/failures.ts';
import { succeeded, type Result } from './contract/result.ts';
import { withinMs } from './core/deadline.ts';
import { appAnswer, readBundle } from './desktop/app-scheme.ts';
import { firstMessage } from './desktop/certificate-process.ts';
import { devServerAnswer } from './desktop/dev-server.ts';
import { hasKeyStoreService } from './desktop/key-store-service.ts';
import { languageOf } from './desktop/language.ts';
import { guardPermissions } from './desktop/permission-guard.ts';
import { openedAtLogin, startAtLogin } from './desktop/start-at-login.ts';
import { systemProxy } from './desktop/system-proxy.ts';
import { nameOf, watchUncaught } from './desktop/uncaught.ts';
import { Words } from './desktop/words.ts';
import { DesktopVault, memoryOnlyVault, type ChoosableVault } from './desktop-vault.ts';
import { serveHome, usualService, type ServedHome } from './home-owner.ts';
import { takeHome } from './taken-home.ts';
import type { LaunchOptions } from './launch-options.ts';
import { TrayDesk } from './tray-desk.ts';
import { TrayEnd } from './tray-end.ts';
import type { TrayDeskParts } from './tray-parts.ts';
import { TrayVersions } from './tray-versions.ts';

/** How long the stored sessions are waited for before anybody sees or asks anything, in milliseconds. */
const openingMs = 500;

/** The tray app, from `ready` to its end: it takes the home, serves it, and lets people see it. */
export class TrayApp {
  readonly #folders: AppFolders;
  readonly #launch: LaunchOptions;
  readonly #policyPath: string;
  readonly #end = new TrayEnd();
  #served: ServedHome | null = null;
  #desk: TrayDesk | null = null;
  #windowIsWanted = false;

  constructor(folders: AppFolders, launch: LaunchOptions, policyPath: string) {
    this.#folders = folders;
    this.#launch = launch;
    this.#policyPath = policyPath;
    this.#end.first(() => folders.remove());
    watchUncaught(process, {
      tell: (event, error) => this.#met(event, error),
      end: () => this.#end.now(1),
    });
  }

  /** Shows the window, as soon as there can be one: the app was started again. */
  showWindow(): void {
    this.#windowIsWanted = true;
    this.#desk?.showWindow();
  }

  /** After `ready`. Where it cannot start it says why, and ends. */
  async start(): Promise<void> {
    this.#end.watch();
    // Half an app that nobody sees would hold the home for ever.
    await this.#start().catch((error: unknown) => {
      this.#met('start_failed', nameOf(error));
      this.#end.now(1);
    });
  }

  /** After `ready`: Chromium's lock in its `folder` cannot be had, so another tray app may be running. */
  async cannotLock(folder: string): Promise<void> {
    this.#end.watch();
    await this.#end.cannotStart({ code: 'app_not_locked', folder }, this.#words());
  }

  async #start(): Promise<void> {
    guardPermissions(session.defaultSession);
    const { devServer } = this.#launch;
    if (devServer === null) {
      const bundle = await readBundle(join(import.meta.dirname, '../renderer'));
      protocol.handle(appScheme, (request) => appAnswer(bundle, request));
    } else {
      protocol.handle(appScheme, (request) => devServerAnswer(devServer, request));
    }
    const started = await this.#serve();
    if (!started.ok) await this.#end.cannotStart(started.failure, this.#words());
  }

  /** In the system's language, where the settings are not to be had. */
  #words(): Words {
    return new Words(() => languageOf('system', app.getPreferredSystemLanguages()));
  }

  #met(event: string, error: string): void {
    this.#served?.log.warn(event, { error });
    process.stderr.write(`Token Tray met a mistake of its own (${error}).\n`);
  }

  async #serve(): Promise<Result<null, Failure>> {
    const managed = await readPolicy(this.#policyPath, process);
    const service = usualService(this.#launch.api, managed);
    if (!service.ok) return service;
    const { home: folder } = this.#folders;
    if (!folder.ok) return folder;
    const taken = await takeHome(folder.value);
    if (!taken.ok) return taken;
    this.#end.first(() => taken.value.release());
    const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);
    const vaults: ChoosableVault[] = [];
    const served = await serveHome({
      home: taken.value.home,
      service: service.value,
      port: this.#launch.port,
      managed,
      chooseVault: async (parts) => {
        const { platform } = process;
        const switched = () => void this.#served?.core.accounts.keepInNewVault();
        const vault = this.#launch.memoryOnly
          ? memoryOnlyVault(parts)
          : await DesktopVault.choose({
              ...parts,
              safeStorage,
              platform,
              hasKeyStore: hasKeyStoreService,
              switched,
              tell,
            });
        vaults.push(vault);
        return vault;
      },
      proxyFor: (url) => systemProxy(session.defaultSession, url),
      readCertificates: () => firstMessage(join(import.meta.dirname, 'certificates.cjs')),
      changed: () => this.#desk?.refresh(),
      // As a person's quit, with its question about an answer that is not saved: a stop must not lose a session.
      stop: () => app.quit(),
      signedOut: async () => this.#desk?.clearCopy(),
      tell,
    });
    if (!served.ok) return served;
    const home = served.value;
    this.#served = home;
    this.#end.first(() => home.end());
    // What is stored is known before the first tool asks; a key store at whose prompt nobody is holds up nobody else.
    const opened = home.core.accounts.open();
    await withinMs(systemClock, openingMs, opened);
    const published = await home.publish();
    if (!published.ok) return published;
    const [vault] = vaults;
    if (vault)
      await this.#show({ folder: folder.value, home, vault, service: service.value, managed }, opened);
    return succeeded(null);
  }

  async #show(
    parts: Pick<TrayDeskParts, 'folder' | 'home' | 'vault' | 'service' | 'managed'>,
    opened: Promise<unknown>,
  ): Promise<void> {
    const login = startAtLogin(app, {
      platform: process.platform,
      env: process.env,
      homedir: homedir(),
      execPath: process.execPath,
      appPath: app.isPackaged ? null : app.getAppPath(),
      isDevelopment: this.#launch.devServer !== null,
    });
    const { settings, log } = parts.home;
    const versions = await TrayVersions.of({
      settings,
      log,
      forbidden: parts.managed.trouble !== null,
      mayEnd: () => this.#end.mayInstall(),
      stays: () => this.#end.stays(),
      changed: () => this.#desk?.refresh(),
    });
    const desk = new TrayDesk({
      ...parts,
      login,
      versions,
      launch: this.#launch,
      restart: () => this.#end.restart(),
    });
    this.#desk = desk;
    this.#end.guards({
      words: desk.words,
      person: parts.home.core.accounts.person,
      closeSurface: () => desk.close(),
      letWindowClose: (may) => desk.letWindowClose(may),
    });
    desk.listen({ shuttingDown: () => this.#end.now() });
    const hidden = openedAtLogin(app, process.platform, process.argv) && !this.#windowIsWanted;
    await desk.open({ hidden, opened });
  }
}
