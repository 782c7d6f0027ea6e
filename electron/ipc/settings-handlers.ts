import type { Finding } from '../contract/doctor-findings.ts';
import { shownFinding } from '../contract/doctor-words.ts';
import { failed, succeeded } from '../contract/result.ts';
import { decidedBy, type FoundPolicy } from '../contract/policy.ts';
import type { Choices, SettingsPage } from '../contract/window-pages.ts';
import type { Settings } from '../core/ports.ts';
import type { Handlers } from './handle.ts';

export interface SettingsDesk {
  readonly settings: Settings;
  readonly login: { readonly isOffered: boolean; isOn(): Promise<boolean> };
  readonly tellsScreenLock: boolean;
  readonly portInUse: number;
  readonly version: string;
  readonly versions: { readonly looks: boolean; take(): Promise<void> };
  readonly managed: FoundPolicy;
  /** Lets a choice take effect at once, and shows it everywhere. */
  readonly chosen: (name: keyof Choices) => void;
  readonly examine: () => Promise<readonly Finding[]>;
  /** A description of this set-up with no secret in it. */
  readonly supportDetails: (page: SettingsPage) => Promise<string>;
  readonly licences: () => Promise<string>;
  /** `false`: the clipboard did not take it. */
  readonly copyText: (text: string) => Promise<boolean>;
}

type SettingsHandlers = Pick<
  Handlers,
  'getSettings' | 'choose' | 'checkSetup' | 'copySupportDetails' | 'getLicences' | 'takeNewVersion'
>;

/** The requests about a person's choices, and about the set-up as a whole. */
export function settingsHandlers(desk: SettingsDesk): SettingsHandlers {
  const { settings, login, tellsScreenLock, portInUse, version, versions, chosen, examine, licences } = desk;
  const decided: readonly string[] = decidedBy(desk.managed.policy);
  const getSettings = async (): Promise<SettingsPage> => {
    const startsAtLogin = await login.isOn();
    const choices = choicesOf(settings);
    const managed = namesIn(choices).filter((name) => decided.includes(name));
    const { trouble: policyTrouble } = desk.managed;
    return {
      choices,
      startsAtLogin,
      offersStartAtLogin: login.isOffered,
      tellsScreenLock,
      portInUse,
      version,
      looksForVersions: versions.looks,
      managed,
      policyTrouble,
    };
  };
  return {
    getSettings,
    async choose(choice) {
      const { name, value } = choice;
      if (decided.includes(name)) return failed({ code: 'choice_managed' });
      const kept = settings.set<keyof Choices>(name, value);
      chosen(name);
      return (await kept) ? succeeded(null) : failed({ code: 'choice_not_saved' });
    },
    checkSetup: async () => (await examine()).map(shownFinding),
    async copySupportDetails() {
      const details = await desk.supportDetails(await getSettings());
      return (await desk.copyText(details)) ? details : null;
    },
    getLicences: licences,
    async takeNewVersion() {
      await versions.take();
      return null;
    },
  };
}

function namesIn(choices: Choices): readonly (keyof Choices)[] {
  return Object.keys(choices) as (keyof Choices)[];
}

function choicesOf(settings: Settings): Choices {
  return {
    alwaysFresh: settings.get('alwaysFresh'),
    notifications: settings.get('notifications'),
    language: settings.get('language'),
    appearance: settings.get('appearance'),
    clipboardSeconds: settings.get('clipboardSeconds'),
    port: settings.get('port'),
    pauseOnScreenLock: settings.get('pauseOnScreenLock'),
    programsOfThisUser: settings.get('programsOfThisUser'),
    lookForNewVersions: settings.get('lookForNewVersions'),
  };
}
