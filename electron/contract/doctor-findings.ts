import type { ConnectionReason, EndpointPart, LockedReason, UnwritableReason } from './failures.ts';
import type { Language } from './language.ts';
import type { PolicyName, PolicyTrouble } from './policy.ts';
import type { ProblemReason, TokenRefusal } from './problems.ts';
import type { KeyStoreName } from './session-states.ts';

/**
 * What `doctor` can find, good or bad: a closed union of codes and what belongs to them. The words stand in
 * `doctor-words.ts`, so that a window can show the same in another language. Nothing here is ever a secret:
 * a proxy is its host alone, a program its name without arguments.
 */
export type Finding =
  HomeFinding | KeyStoreFinding | AddressFinding | OutlookFinding | ServiceFinding | MachineFinding;

/** The folder and what is in it. `file`: a name in the home; `name`: a setting, such as `furtherHosts.orders`; `mode`: octal, such as `0755`; `owner`: a user id. */
export type HomeFinding =
  | { readonly code: 'home_good'; readonly home: string }
  | { readonly code: 'home_unchecked'; readonly home: string }
  | { readonly code: 'home_missing'; readonly home: string }
  | { readonly code: 'home_not_a_folder'; readonly home: string }
  | { readonly code: 'home_unreadable'; readonly home: string; readonly reason: UnwritableReason }
  | { readonly code: 'home_open'; readonly home: string; readonly mode: string }
  | { readonly code: 'home_foreign'; readonly home: string; readonly owner: number }
  | { readonly code: 'home_unwritable'; readonly home: string; readonly reason: UnwritableReason }
  | { readonly code: 'files_good' }
  | { readonly code: 'file_open'; readonly file: string; readonly mode: string }
  | { readonly code: 'file_foreign'; readonly file: string; readonly owner: number }
  | { readonly code: 'file_shared'; readonly file: string; readonly names: number }
  | { readonly code: 'file_not_regular'; readonly file: string }
  | { readonly code: 'file_unreadable'; readonly file: string; readonly reason: UnwritableReason }
  | { readonly code: 'file_unwritable'; readonly file: string; readonly reason: UnwritableReason }
  | { readonly code: 'file_corrupt'; readonly file: string }
  | { readonly code: 'file_too_large'; readonly file: string; readonly bytes: number; readonly most: number }
  | { readonly code: 'ledger_damaged'; readonly lines: number }
  | { readonly code: 'setting_ignored'; readonly name: string }
  | { readonly code: 'disk_good'; readonly freeBytes: number }
  | { readonly code: 'disk_low'; readonly freeBytes: number }
  | { readonly code: 'disk_full'; readonly freeBytes: number }
  | { readonly code: 'stale_files'; readonly files: readonly string[] }
  | { readonly code: 'temporary_files'; readonly files: readonly string[] }
  | { readonly code: 'files_set_aside'; readonly files: readonly string[] }
  | { readonly code: 'open_requests'; readonly count: number };

/** Who guards the stored sessions. `detail`: the key store's own words; null: it gave none. */
export type KeyStoreFinding =
  | { readonly code: 'key_store_good'; readonly store: Exclude<KeyStoreName, 'memory'> }
  | { readonly code: 'memory_only'; readonly why: MemoryReason; readonly detail: string | null }
  | {
      readonly code: 'key_store_locked';
      readonly detail: string | null;
      readonly stored: boolean;
      readonly reason: Exclude<LockedReason, 'passphrase'>;
    }
  | { readonly code: 'key_store_gone'; readonly detail: string | null }
  | { readonly code: 'key_store_not_asked' }
  | { readonly code: 'key_store_unknown' }
  | { readonly code: 'key_lost' }
  | { readonly code: 'passphrase_missing' }
  | { readonly code: 'passphrase_wrong' }
  | { readonly code: 'stored_elsewhere'; readonly account: string; readonly protection: string };

/**
 * Why sessions are kept in memory: as asked, for want of a key store, because it is locked, was denied or cannot show its
 * prompt, or the owner says so.
 */
export type MemoryReason = 'asked' | 'none' | 'locked' | 'denied' | 'no_prompt' | 'running';

/** Who runs here, and the address for tools. `pid` and `program` null: the system does not tell this user. */
export type AddressFinding =
  | { readonly code: 'running'; readonly pid: number; readonly url: string }
  | { readonly code: 'not_running'; readonly home: string }
  | { readonly code: 'owner_silent'; readonly pid: number | null }
  | { readonly code: 'owner_file_missing'; readonly file: EndpointPart; readonly pid: number | null }
  | { readonly code: 'owner_outdated'; readonly pid: number }
  | { readonly code: 'port_free'; readonly port: number }
  | ({ readonly code: 'default_port_taken'; readonly port: number } & PortHolder)
  | ({ readonly code: 'set_port_taken'; readonly port: number } & PortHolder)
  | { readonly code: 'set_port_not_allowed'; readonly port: number }
  | ({ readonly code: 'port_shared'; readonly port: number; readonly address: string } & PortHolder)
  | { readonly code: 'socket_path_too_long'; readonly bytes: number }
  | { readonly code: 'local_requests_proxied'; readonly proxy: string };

export interface PortHolder {
  readonly pid: number | null;
  readonly program: string | null;
}

/** What a tool would get now. `until`: when the token in hand expires, RFC 3339, UTC. */
export type OutlookFinding =
  | { readonly code: 'tool_gets_token'; readonly account: string; readonly until: string }
  | { readonly code: 'tool_gets_new_token'; readonly account: string }
  | ({ readonly code: 'token_not_renewed'; readonly account: string; readonly until: string } & WhyNoToken)
  | ({ readonly code: 'token_ends'; readonly account: string; readonly until: string } & WhyNoToken)
  | ({ readonly code: 'tool_gets_nothing'; readonly account: string | null } & WhyNoToken)
  | { readonly code: 'programs_off' }
  | { readonly code: 'no_key_served' };

/** `reason` goes with `offline`. `retryAt`: when that is over, RFC 3339, UTC; null: no time can be named. */
export interface WhyNoToken {
  readonly why: NoTokenReason;
  readonly reason: ProblemReason | null;
  readonly retryAt: string | null;
}

export type NoTokenReason = TokenRefusal['code'] | 'no_account' | 'needs_sign_in' | 'signing_in';

/** The way to the service. `proxy`: its host and port; null: none is used. `seconds` > 0: our clock is ahead. */
export type ServiceFinding =
  | { readonly code: 'service_address_bad'; readonly address: string }
  | { readonly code: 'service_address_insecure'; readonly address: string }
  | { readonly code: 'service_reached'; readonly host: string; readonly proxy: string | null }
  | {
      readonly code: 'service_unreachable';
      readonly host: string;
      readonly proxy: string | null;
      readonly reason: ConnectionReason;
    }
  | { readonly code: 'service_in_trouble'; readonly host: string; readonly status: number }
  | { readonly code: 'clock_good'; readonly host: string }
  | { readonly code: 'clock_wrong'; readonly host: string; readonly seconds: number }
  | { readonly code: 'clock_unknown'; readonly host: string };

/** What all programs of this computer share, and what its policy decides. */
export type MachineFinding =
  | { readonly code: 'managed'; readonly path: string; readonly names: readonly PolicyName[] }
  | { readonly code: 'policy_wrong'; readonly path: string; readonly trouble: PolicyTrouble }
  | { readonly code: 'certificates_good'; readonly count: number }
  | { readonly code: 'certificates_unreadable' }
  | { readonly code: 'certificates_refused'; readonly count: number }
  | { readonly code: 'certificates_unchecked' }
  | { readonly code: 'node_good'; readonly version: string }
  | { readonly code: 'node_old'; readonly version: string; readonly needed: string };

export type FindingCode = Finding['code'];

/** `good`: as it should be. `note`: nothing to mend, yet worth knowing. `wrong`: a person has to mend it. */
export type FindingLevel = 'good' | 'note' | 'wrong';

export const findingLevels: Readonly<Record<FindingCode, FindingLevel>> = {
  home_good: 'good',
  home_unchecked: 'note',
  home_missing: 'note',
  home_not_a_folder: 'wrong',
  home_unreadable: 'wrong',
  home_open: 'wrong',
  home_foreign: 'wrong',
  home_unwritable: 'wrong',
  files_good: 'good',
  file_open: 'wrong',
  file_foreign: 'wrong',
  file_shared: 'wrong',
  file_not_regular: 'wrong',
  file_unreadable: 'wrong',
  file_unwritable: 'wrong',
  file_corrupt: 'wrong',
  file_too_large: 'wrong',
  ledger_damaged: 'wrong',
  setting_ignored: 'wrong',
  disk_good: 'good',
  disk_low: 'note',
  disk_full: 'wrong',
  stale_files: 'note',
  temporary_files: 'note',
  files_set_aside: 'note',
  open_requests: 'note',
  key_store_good: 'good',
  memory_only: 'note',
  key_store_locked: 'wrong',
  key_store_gone: 'wrong',
  key_store_not_asked: 'note',
  key_store_unknown: 'wrong',
  key_lost: 'wrong',
  passphrase_missing: 'wrong',
  passphrase_wrong: 'wrong',
  stored_elsewhere: 'note',
  running: 'good',
  // No tool would get a token.
  not_running: 'wrong',
  owner_silent: 'wrong',
  owner_file_missing: 'wrong',
  owner_outdated: 'wrong',
  tool_gets_token: 'good',
  tool_gets_new_token: 'good',
  token_not_renewed: 'note',
  token_ends: 'wrong',
  tool_gets_nothing: 'wrong',
  programs_off: 'note',
  no_key_served: 'wrong',
  port_free: 'good',
  default_port_taken: 'note',
  set_port_taken: 'wrong',
  set_port_not_allowed: 'wrong',
  port_shared: 'wrong',
  socket_path_too_long: 'note',
  local_requests_proxied: 'wrong',
  service_address_bad: 'wrong',
  service_address_insecure: 'wrong',
  service_reached: 'good',
  service_unreachable: 'wrong',
  service_in_trouble: 'note',
  clock_good: 'good',
  clock_wrong: 'wrong',
  clock_unknown: 'note',
  managed: 'good',
  policy_wrong: 'wrong',
  certificates_good: 'good',
  certificates_unreadable: 'note',
  certificates_refused: 'wrong',
  certificates_unchecked: 'note',
  node_good: 'good',
  node_old: 'wrong',
};

/** A sentence and its remedy for each finding of a group; a code without words does not compile. */
export type WordsFor<Group extends Finding> = {
  readonly [Code in Group['code']]: (
    finding: Extract<Group, { readonly code: Code }>,
  ) => readonly [sentence: string, remedy: string | null];
};

/** What a person is told: what was found, and what to do about it; null: there is nothing to do. */
export interface FindingWords {
  readonly sentence: string;
  readonly remedy: string | null;
}

/** A finding with its words in each language. */
export interface ShownFinding {
  readonly level: FindingLevel;
  readonly words: Readonly<Record<Language, FindingWords>>;
}
