import { accountName } from '../contract/account-name.ts';
import type { AppView } from '../contract/app-view.ts';
import type { Policy } from '../contract/policy.ts';
import type { Core } from './assembly.ts';
import type { Settings, Vault } from './ports.ts';
import type { SessionReport } from './token-reply.ts';

/** What a view is made of besides core: what only the program with the windows knows. */
export interface AppViewParts {
  readonly core: Pick<Core, 'accounts' | 'tools' | 'activity'>;
  readonly vault: Pick<Vault, 'keyStore'>;
  readonly settings: Settings;
  readonly copied: AppView['copied'];
  readonly endpoint: AppView['endpoint'];
  readonly service: string;
  readonly policy: Policy;
  /** What the email field begins with where no account is known. */
  readonly username: string;
  readonly language: AppView['language'];
  /** Whether the system keeps a key that protects; null: it is not known yet. */
  readonly storageProtected: boolean | null;
  readonly keyStoreTrouble: AppView['keyStoreTrouble'];
  readonly mayStartAtLogin: boolean;
  readonly newVersion: AppView['newVersion'];
}

/**
 * Where everything stands for people. `shown`: the account that the window shows; null, or one that is there no
 * more: the default account.
 */
export function appView(parts: AppViewParts, shown: string | null): AppView {
  const { core, vault, settings, storageProtected } = parts;
  const report = core.accounts.report(shown) ?? core.accounts.report(null);
  const signedIn = report !== null && report.state !== 'signed_out' && report.state !== 'signing_in';
  return {
    ...stateOf(report),
    keyStore: vault.keyStore,
    keyStoreTrouble: parts.keyStoreTrouble,
    unprotectedStorage: storageProtected === false ? settings.get('unprotectedStorage') : null,
    tools: toolsOf(core),
    copied: parts.copied,
    endpoint: parts.endpoint,
    signIn: signInOf(report, parts),
    managed: { service: isServiceManaged(parts), help: parts.policy.signInHelp },
    newVersion: parts.newVersion,
    hints: {
      tray: !settings.get('trayHintSeen'),
      startAtLogin: signedIn && parts.mayStartAtLogin && !settings.get('startAtLoginAsked'),
    },
    language: parts.language,
    appearance: settings.get('appearance'),
    clipboardSeconds: settings.get('clipboardSeconds'),
  };
}

function stateOf(
  report: SessionReport | null,
): Pick<
  AppView,
  | 'account'
  | 'accounts'
  | 'state'
  | 'expiresAt'
  | 'lifetimeMs'
  | 'budget'
  | 'rateLimitedUntil'
  | 'unrecordedUntil'
  | 'cause'
  | 'pausedUntil'
  | 'unreadable'
  | 'restartUnlocks'
  | 'unsaved'
> {
  return {
    account: report?.account ?? null,
    accounts: report?.accounts ?? [],
    state: report?.state ?? 'signed_out',
    expiresAt: report?.expiresAt ?? null,
    lifetimeMs: report?.lifetimeMs ?? null,
    budget: report?.budget ?? { used: 0, limit: 0, nextAt: null },
    rateLimitedUntil: report?.rateLimitedUntil ?? null,
    unrecordedUntil: report?.unrecordedUntil ?? null,
    cause: report?.cause ?? null,
    pausedUntil: report?.pausedUntil ?? null,
    unreadable: report?.unreadable ?? false,
    restartUnlocks: report?.restartUnlocks ?? false,
    unsaved: report?.unsaved ?? null,
  };
}

/** Of an account that was signed out before this start its id alone is known: a user name, and perhaps a host. */
function signInOf(report: SessionReport | null, parts: AppViewParts): AppView['signIn'] {
  const { service, username } = parts;
  const form = report?.form ?? 'basic';
  const account = report?.account ?? null;
  if (isServiceManaged(parts)) {
    const user = report?.identity?.username ?? (account === null ? username : accountName(account).user);
    return { service, username: user, form };
  }
  if (report?.identity) return { ...report.identity, form };
  if (account === null) return { service, username, form };
  const { user, host } = accountName(account);
  const ofHost = host === null || service.endsWith(`//${host}`) ? service : `https://${host}`;
  return { service: ofHost, username: user, form };
}

/** Whether a sign-in goes to the policy's service: an option of the start may stand above it. */
function isServiceManaged({ policy, service }: AppViewParts): boolean {
  return policy.service === service;
}

function toolsOf({ tools, activity }: AppViewParts['core']): AppView['tools'] {
  const last = activity
    .uses()
    .reduce<{ tool: string | null; lastAt: number } | null>(
      (latest, use) => (latest === null || use.lastAt > latest.lastAt ? use : latest),
      null,
    );
  return {
    connected: tools.list().length,
    lastUse: last === null || last.lastAt === 0 ? null : { name: last.tool, at: last.lastAt },
  };
}
