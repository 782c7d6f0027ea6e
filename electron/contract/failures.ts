/**
 * Every failure that Token Tray expects: a closed union of values that are returned, never thrown.
 * `failure-words.ts` has one sentence and one remedy for each. Times are epoch milliseconds.
 */
export type Failure = SessionFailure | SetupFailure;

/** What can go wrong with a session, whatever program runs it. */
export type SessionFailure =
  | { readonly code: 'wrong_credentials' }
  | { readonly code: 'expired' }
  | { readonly code: 'suspended' }
  | { readonly code: 'rate_limited'; readonly retryAt: number }
  | { readonly code: 'offline'; readonly host: string; readonly reason: OfflineReason }
  | { readonly code: 'service_error'; readonly status: number }
  | { readonly code: 'unreadable_answer'; readonly missing: MissingPart }
  | { readonly code: 'vault_locked'; readonly reason: LockedReason }
  | { readonly code: 'vault_unwritable'; readonly reason: UnwritableReason }
  | { readonly code: 'cancelled' };

/** What can be wrong before a session is asked for anything: the input, the home, the machine. */
export type SetupFailure =
  | { readonly code: 'bad_service_address'; readonly address: string }
  | { readonly code: 'insecure_service'; readonly address: string }
  | { readonly code: 'username_with_colon' }
  | { readonly code: 'empty_username' }
  | { readonly code: 'empty_password' }
  | { readonly code: 'budget_exhausted'; readonly retryAt: number }
  | { readonly code: 'unknown_account'; readonly account: string }
  | { readonly code: 'not_removed'; readonly reason: UnwritableReason }
  | { readonly code: 'choice_not_saved' }
  | { readonly code: 'choice_managed' }
  | { readonly code: 'ledger_unreadable' }
  | { readonly code: 'bad_tool_name' }
  | { readonly code: 'tool_exists'; readonly tool: string }
  | { readonly code: 'unknown_tool'; readonly tool: string }
  | { readonly code: 'tools_unwritable'; readonly reason: UnwritableReason }
  | { readonly code: 'tools_unreadable'; readonly reason: UnwritableReason }
  | { readonly code: 'home_taken'; readonly pid: number | null }
  | { readonly code: 'home_unusable'; readonly home: string; readonly reason: HomeReason }
  | { readonly code: 'port_taken'; readonly port: number }
  | { readonly code: 'not_running'; readonly home: string };

export type OfflineReason =
  'name' | 'refused' | 'certificate' | 'proxy' | 'timeout' | 'cut' | 'waking' | 'waiting';

/** The part of a service's answer that was looked for and not found. */
export type MissingPart = 'json' | 'access_token' | 'refresh_token';

export type LockedReason = 'key_store' | 'passphrase';

export type UnwritableReason =
  | 'disk_full'
  | 'read_only'
  | 'no_permission'
  | 'newer_version'
  | 'not_a_file'
  | 'changed_meanwhile'
  | 'input_output';

/** What keeps a folder from being a home. */
export type HomeReason = UnwritableReason | 'not_a_folder' | 'shared_folder';

export type FailureCode = Failure['code'];
