import type { ConnectionFailure, Failure, SessionFailure, UnwritableReason } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import type { IssuanceCause, KeyStoreName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import type { AccessToken, Password, RefreshToken } from './secret.ts';

/** Whose session it is: a user of a service. `service` is the base URL without a slash at its end. */
export interface AccountIdentity {
  readonly service: string;
  readonly username: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: Password;
  readonly form: LoginForm;
}

/** A token pair as the service issued it. `refreshToken` null: the service keeps the old one. */
export interface IssuedTokens {
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken | null;
  /** Milliseconds from the answer's arrival, already held between 1 s and 24 h. */
  readonly lifetimeMs: number;
}

/** What became of one POST to the service. `lost`: it may have left, and nobody knows what came of it. */
export type ServiceReply =
  | { readonly kind: 'issued'; readonly tokens: IssuedTokens }
  | {
      readonly kind: 'refused';
      readonly failure: Extract<SessionFailure, { code: 'wrong_credentials' | 'expired' | 'suspended' }>;
    }
  | { readonly kind: 'too_many'; readonly retryAfterMs: number }
  | { readonly kind: 'unsent'; readonly failure: ConnectionFailure }
  | {
      readonly kind: 'lost';
      readonly failure:
        ConnectionFailure | Extract<SessionFailure, { code: 'service_error' | 'unreadable_answer' }>;
    };

/** The vendor's auth API. Each call is one POST, sent once, over within 15 s; neither ever rejects. */
export interface AuthService {
  logIn(service: string, credentials: Credentials): Promise<ServiceReply>;
  refresh(service: string, refreshToken: RefreshToken): Promise<ServiceReply>;
}

/** One account's session as it is kept. Times are epoch milliseconds by the wall clock. */
export interface SessionRecord extends AccountIdentity {
  /** The account's id: its user name, or `USER|HOST` where an earlier account has the same user name. */
  readonly account: string;
  readonly form: LoginForm;
  /** Null after a service's refusal was kept for a session whose tokens cannot be read. */
  readonly tokens: StoredTokens | null;
  /** The service's refusal, which outlives a restart; null while the session works. */
  readonly refusal: 'expired' | 'suspended' | null;
}

export interface StoredTokens {
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken;
  readonly lifetimeMs: number;
  readonly arrivedAt: number;
  readonly cause: IssuanceCause;
}

/** A record as the vault gives it back: with its generation, and with `unreadable` where its seal cannot be opened. */
export interface VaultRecord {
  readonly record: SessionRecord;
  /** Counts the writes of this account's record, from 1. */
  readonly generation: number;
  readonly unreadable: boolean;
}

/** What a vault tells of a record without its key. */
export interface StoredAccount extends AccountIdentity {
  readonly account: string;
  readonly form: LoginForm;
  readonly generation: number;
}

export type VaultFailure = Extract<SessionFailure, { code: 'vault_locked' | 'vault_unwritable' }>;

/** Where sessions are kept, sealed. One vault per protection. Calls may overlap; the vault puts them in order. */
export interface Vault {
  readonly keyStore: KeyStoreName;
  /** All records. `vault_locked`: the key cannot be had now; nothing was changed, try again later. */
  read(): Promise<Result<readonly VaultRecord[], VaultFailure>>;
  /** The accounts that have a record here: what can be shown while the key cannot be had. Empty where unreadable. */
  stored(): Promise<readonly StoredAccount[]>;
  /**
   * Writes one record whole, unless a generation newer than `expectedGeneration` is stored (0: none yet), and
   * answers the new generation once it is flushed and read back. On failure the old record is as it was.
   */
  write(record: SessionRecord, expectedGeneration: number): Promise<Result<number, VaultFailure>>;
  /** Whether a write can be hoped for: asked before a sign-in, so that no token is made that cannot be kept. */
  check(): Promise<Result<null, VaultFailure>>;
  /**
   * Deletes the account's record from every vault of the home, both generations, and answers whether there was one.
   * Needs no key.
   */
  remove(account: string): Promise<Result<boolean, VaultFailure>>;
}

/** A tool with a key of its own. Times are epoch milliseconds. */
export interface Tool {
  readonly name: string;
  /** The SHA-256 of its key in base64url; the key itself is kept nowhere. */
  readonly digest: string;
  readonly addedAt: number;
  /** From when on its key opens nothing; null: never. */
  readonly expiresAt: number | null;
  readonly proxyOnly: boolean;
  /** The one account that the key is for; null: any. */
  readonly account: string | null;
}

/** Where the tools are kept. A failed write leaves what was there. */
export interface ToolStore {
  read(): Promise<Result<readonly Tool[], UnwritableReason>>;
  write(tools: readonly Tool[]): Promise<Result<null, UnwritableReason>>;
}

/** A log whose events are named and whose fields are plain: it cannot be handed a secret, and masks what looks like one. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | Failure>>;

/** Choices that a person made. Losing them loses no session, key or budget. */
export interface Settings {
  get<Name extends keyof SettingValues>(name: Name): SettingValues[Name];
  /** Takes effect at once. Resolves to `false` if it could not be written: it then holds until the program ends. */
  set<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): Promise<boolean>;
}

export interface SettingValues {
  /** The port of the loopback endpoint; null: `defaultPort`, or a free one where that is taken. */
  readonly port: number | null;
  readonly alwaysFresh: boolean;
  /** Whether the owner's key of `endpoint.json` gets tokens. */
  readonly programsOfThisUser: boolean;
  readonly defaultAccount: string | null;
  /** Until when tools get nothing, in epoch milliseconds; null or past: they are served. */
  readonly pausedUntil: number | null;
  /** Hosts besides the signed-in service that the proxy gives the token to: a base URL for each name. */
  readonly furtherHosts: Readonly<Record<string, string>>;
  /** Whether a person is told of what needs them while no window is open. */
  readonly notifications: boolean;
  readonly language: 'system' | 'en' | 'ar';
  readonly appearance: 'system' | 'light' | 'dark';
  /** How long a copied token stays on the clipboard, in seconds. */
  readonly clipboardSeconds: number;
  /** Whether tools get nothing while the screen is locked (macOS and Windows). */
  readonly pauseOnScreenLock: boolean;
  /** Whether it is looked for a newer version once a day. */
  readonly lookForNewVersions: boolean;
  /** When it was looked for one last, in epoch milliseconds; null: never. */
  readonly newVersionLookedAt: number | null;
  /** The number of the newest release that was seen, newer than this one or not. */
  readonly newVersionFound: string | null;
  /** Whether the person was asked, once, about a start at login. */
  readonly startAtLoginAsked: boolean;
  /** Whether the person was told, once, where the icon lives. */
  readonly trayHintSeen: boolean;
  /** What a person wants where the system keeps no key that protects: sessions in memory only, or kept all the same. */
  readonly unprotectedStorage: 'ask' | 'memory' | 'keep';
}
