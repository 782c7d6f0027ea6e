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
  | OfflineFailure
  | { readonly code: 'service_error'; readonly status: number }
  | { readonly code: 'same_token' }
  | { readonly code: 'unreadable_answer'; readonly missing: MissingPart }
  | { readonly code: 'vault_locked'; readonly reason: LockedReason }
  | { readonly code: 'vault_unwritable'; readonly reason: UnwritableReason }
  | { readonly code: 'cancelled' }
  | { readonly code: 'stopping' };

/** Why no answer of the service could be had, or why it is not asked yet. */
export type OfflineFailure =
  ConnectionFailure | { readonly code: 'offline'; readonly reason: HoldReason; readonly retryAt: number };

/** A connection to `host` that failed. `clockAt`: the time by this computer's clock at that moment. */
export type ConnectionFailure =
  | { readonly code: 'offline'; readonly host: string; readonly reason: UndatedReason }
  | {
      readonly code: 'offline';
      readonly host: string;
      readonly reason: CertificateDateReason;
      readonly clockAt: number;
    };

/** What can be wrong before a session is asked for anything: the input, the home, the machine. */
export type SetupFailure =
  | { readonly code: 'bad_service_address'; readonly address: string }
  | { readonly code: 'insecure_service'; readonly address: string }
  | { readonly code: 'username_with_colon' }
  | { readonly code: 'username_not_text' }
  | { readonly code: 'password_not_text' }
  | { readonly code: 'empty_username' }
  | { readonly code: 'empty_password' }
  | { readonly code: 'budget_exhausted'; readonly retryAt: number }
  /** The service refused several sign-ins in a row, so the next one waits. */
  | { readonly code: 'sign_in_backoff'; readonly retryAt: number }
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
  /** The tray app's own lock cannot be had in Chromium's `folder`. */
  | { readonly code: 'app_not_locked'; readonly folder: string }
  | { readonly code: 'port_taken'; readonly port: number }
  | { readonly code: 'not_running'; readonly home: string }
  | {
      readonly code: 'owner_unreachable';
      readonly home: string;
      readonly pid: number | null;
      readonly missing: Exclude<EndpointPart, 'curlrc'> | null;
    }
  /** It was asked to stop, and has not ended in time. */
  | { readonly code: 'still_running'; readonly pid: number | null };

/** A file that programs find the endpoint by. */
export type EndpointPart = 'endpoint.json' | 'curlrc' | 'endpoint.sock';

/** `local_network`: no route, on macOS, which may also keep the program from the local network. */
type UndatedReason =
  'name' | 'refused' | 'local_network' | 'certificate' | 'proxy' | 'proxy_address' | 'timeout' | 'cut';

/** By this computer's clock, which may be wrong. */
type CertificateDateReason = 'certificate_expired' | 'certificate_not_yet_valid';

/** Why a connection failed. */
export type ConnectionReason = UndatedReason | CertificateDateReason;

/**
 * Why the service is not asked yet. `uncertain`: the wait after a renewal without a usable answer; `waking`: the 20 s
 * after the computer woke up; `store`: new tokens cannot be recorded.
 */
export type HoldReason = 'uncertain' | 'waking' | 'store';

export type OfflineReason = ConnectionReason | HoldReason;

/** The failure of a connection to `host` at `now` (epoch milliseconds). */
export function connectionFailure(host: string, reason: ConnectionReason, now: number): ConnectionFailure {
  return reason === 'certificate_expired' || reason === 'certificate_not_yet_valid'
    ? { code: 'offline', host, reason, clockAt: now }
    : { code: 'offline', host, reason };
}

/** The part of a service's answer that was looked for and not found. */
export type MissingPart = 'json' | 'access_token' | 'refresh_token';

/**
 * `key_store_denied`: a person said no at the key store's prompt. `key_store_no_prompt`: the key store would have to ask,
 * and cannot show a prompt here (macOS over ssh).
 */
export const lockedReasons = [
  'key_store',
  'key_store_denied',
  'key_store_no_prompt',
  'key_store_restart',
  'passphrase',
] as const;

export type LockedReason = (typeof lockedReasons)[number];

export type UnwritableReason =
  | 'disk_full'
  | 'read_only'
  | 'no_permission'
  | 'newer_version'
  | 'not_a_file'
  | 'changed_meanwhile'
  | 'open_to_others'
  | 'input_output';

/** What keeps a folder from being a home. */
export type HomeReason = UnwritableReason | 'not_a_folder' | 'shared_folder' | 'bad_path' | 'no_locks';

export type FailureCode = Failure['code'];
