import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { systemClock } from './adapters/system-clock.ts';
import type { AppView } from './contract/app-view.ts';
import type { Finding } from './contract/doctor-findings.ts';
import { supportDetails } from './contract/support-details.ts';
import type { OutlookAnswer, ServicesAnswer } from './contract/wire.ts';
import type { SettingsPage } from './contract/window-pages.ts';
import { examine } from './doctor.ts';

export interface TrayCareParts {
  readonly folder: string;
  readonly policyPath: string;
  readonly view: () => AppView;
  readonly outlook: () => OutlookAnswer;
  readonly lookAtServices: () => Promise<ServicesAnswer>;
}

/** Looks after the set-up as a whole: its check, its description for support, its licences. */
export class TrayCare {
  readonly #parts: TrayCareParts;
  #checking: Promise<readonly Finding[]> | null = null;

  constructor(parts: TrayCareParts) {
    this.#parts = parts;
  }

  /** What `token-tray doctor` finds, as this program sees it: itself it need not ask. One at a time, for all who ask. */
  check(): Promise<readonly Finding[]> {
    this.#checking ??= this.#examine().finally(() => (this.#checking = null));
    return this.#checking;
  }

  async supportDetails({ choices, startsAtLogin }: SettingsPage): Promise<string> {
    const { electron, chrome, node } = process.versions;
    return supportDetails({
      versions: { 'Token Tray': app.getVersion(), electron, chrome, node },
      system: `${process.platform} ${release()} ${process.arch}`,
      view: this.#parts.view(),
      choices,
      startsAtLogin,
      findings: await this.check(),
      now: systemClock.wallNow(),
    });
  }

  /** Made at the build, beside the program. */
  licences(): Promise<string> {
    return readFile(join(import.meta.dirname, '../licences.txt'), 'utf8');
  }

  #examine(): Promise<readonly Finding[]> {
    const { folder, policyPath, view, outlook, lookAtServices } = this.#parts;
    return examine({
      home: folder,
      policyPath,
      api: null,
      nextApi: null,
      keyStore: null,
      passphrase: null,
      environment: process.env,
      askServices: lookAtServices,
      askOwner: () => {
        const { keyStore, accounts, endpoint } = view();
        return Promise.resolve({ status: { key_store: keyStore, accounts, endpoint }, outlook: outlook() });
      },
    });
  }
}
