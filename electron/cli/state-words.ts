import type { SessionStateName } from '../contract/session-states.ts';

/** The states of a session in a list. */
export const stateWords: Readonly<Record<SessionStateName, string>> = {
  active: 'signed in',
  renewing: 'renewing',
  uncertain: 'no usable answer to the last renewal',
  offline: 'no connection',
  locked: 'locked',
  needs_sign_in: 'sign-in needed',
  suspended: 'suspended by the service',
  not_saved: 'not saved yet',
  signing_in: 'signing in',
  signed_out: 'signed out',
};
