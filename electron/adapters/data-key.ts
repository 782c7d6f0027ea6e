import type { LockedReason } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import type { KeyStoreName } from '../contract/session-states.ts';

/** The key cannot be had now; the same call may succeed later. */
export interface KeyLocked {
  readonly kind: 'locked';
  readonly reason: LockedReason;
}

/** The key store answered, and what it holds does not open this. Asking again will not help. */
export interface KeyUndecryptable {
  readonly kind: 'undecryptable';
}

export interface OpenedDataKey {
  /** 32 bytes, the caller's to overwrite with zeros when it is done. */
  readonly dataKey: Uint8Array;
  /** The protection wants to be renewed: protect the key once more and keep that text instead. */
  readonly protectAgain: boolean;
}

/** Who keeps the vault's data key: turns it into text that is of use to this user on this computer alone, and back. */
export interface DataKeyProtector {
  readonly keyStore: KeyStoreName;
  protect(dataKey: Uint8Array): Promise<Result<string, KeyLocked>>;
  unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>>;
}
