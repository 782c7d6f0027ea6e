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
