/** The states of a session: the same words in code, endpoint, tray and windows. */
export const sessionStates = [
  'signed_out',
  'signing_in',
  'active',
  'renewing',
  'uncertain',
  'offline',
  'locked',
  'needs_sign_in',
  'suspended',
  'not_saved',
] as const;

export type SessionStateName = (typeof sessionStates)[number];

/** Who keeps the key that the stored sessions are sealed with; `memory`: nobody, nothing is stored. */
export type KeyStoreName = 'safe-storage' | 'keyring' | 'passphrase' | 'memory';

/** Why a new token was asked of the service. */
export type IssuanceCause = 'sign_in' | 'tool' | 'timer' | 'rejected' | 'person';

/**
 * What the tray app's key store keeps from a person. `refused`: there is one that gave no key, so sessions are in memory only. `other`:
 * the stored sessions were sealed by another kind of key store.
 */
export const keyStoreTroubles = ['refused', 'other'] as const;
export type KeyStoreTrouble = (typeof keyStoreTroubles)[number];
