import type { FoundPolicy } from './contract/policy.ts';
import type { StartAtLogin } from './desktop/start-at-login.ts';
import type { ChoosableVault } from './desktop-vault.ts';
import type { ServedHome } from './home-owner.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { TrayVersions } from './tray-versions.ts';

/** What the desk of the tray app stands on: the home's parts, and what the desktop has. */
export interface TrayDeskParts {
  readonly folder: string;
  readonly home: ServedHome;
  readonly vault: ChoosableVault;
  /** The service that a sign-in goes to unless another is named. */
  readonly service: string;
  readonly managed: FoundPolicy;
  readonly login: StartAtLogin;
  readonly versions: TrayVersions;
  readonly launch: LaunchOptions;
  /** Ends the app as a quit does, and starts it again. */
  readonly restart: () => Promise<void>;
}
