/**
 * What whoever manages this computer has decided for all who use it. Null: not decided. What is decided here stands in
 * place of a person's own choice; the options of a start stand above both.
 */
export interface Policy {
  /** The base URL that a sign-in goes to, as `parseServiceAddress` gives it. */
  readonly service: string | null;
  readonly port: number | null;
  readonly language: 'system' | 'en' | 'ar' | null;
  /** The hosts that the proxy may give the token to, besides the signed-in service: a base URL for each name. */
  readonly furtherHosts: Readonly<Record<string, string>> | null;
  readonly lookForNewVersions: boolean | null;
  readonly signInHelp: SignInHelp | null;
}

/** What stands first under “Trouble signing in?”: words of one's own, and whom to ask. */
export interface SignInHelp {
  readonly text: string | null;
  readonly contact: string | null;
}

export type PolicyName = keyof Policy;

/** Why a policy is not used, none of it. `key`: such as `furtherHosts.orders`. */
export type PolicyTrouble =
  | { readonly kind: 'not_json' }
  | { readonly kind: 'unknown_key'; readonly key: string }
  | { readonly kind: 'bad_value'; readonly key: string }
  /** Others than an administrator may have written it. */
  | { readonly kind: 'not_administrators' }
  /** Windows did not tell who may have written it. */
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'unreadable' };

/** The machine's policy as it was found at the start. `path`: where it stands, or would stand. */
export interface FoundPolicy {
  readonly path: string;
  readonly policy: Policy;
  readonly trouble: PolicyTrouble | null;
}

/** Where nothing is decided. */
export const noPolicy: Policy = {
  service: null,
  port: null,
  language: null,
  furtherHosts: null,
  lookForNewVersions: null,
  signInHelp: null,
};

/** What a policy decides. */
export function decidedBy(policy: Policy): readonly PolicyName[] {
  return (Object.keys(noPolicy) as PolicyName[]).filter((name) => policy[name] !== null);
}

/** Where a machine's policy stands. Nothing that a user can set leads elsewhere, but on Windows for the user's own programs. */
export function policyPath(platform: string, programData: string | undefined): string {
  if (platform === 'win32') return `${programData ?? 'C:\\ProgramData'}\\token-tray\\policy.json`;
  if (platform === 'darwin') return '/Library/Application Support/token-tray/policy.json';
  return '/etc/token-tray/policy.json';
}
