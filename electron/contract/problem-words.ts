import { failureText } from './failure-words.ts';
import type { ProblemCode } from './problems.ts';

interface ProblemWords {
  /** The short summary of the code (RFC 9457 `title`), the same at each occurrence. */
  readonly title: string;
  /** What to tell the person where nothing more exact is known (RFC 9457 `detail`). */
  readonly detail: string;
}

/** The endpoint's words for each of its codes. */
export const problemWords: Readonly<Record<ProblemCode, ProblemWords>> = {
  bad_request: {
    title: 'Request not understood',
    detail: 'The request was not understood. Check it against the documentation.',
  },
  bad_key: {
    title: 'Key not known',
    detail:
      'The key is missing or not known. Send “Authorization: Bearer KEY” with the key of endpoint.json, which is new at each start.',
  },
  forbidden: {
    title: 'Not for this key',
    detail: 'This key may not do that. Ask the owner of this computer’s Token Tray.',
  },
  forbidden_origin: {
    title: 'Not for web pages',
    detail: 'Requests from web pages are refused. Ask from a local program instead.',
  },
  forbidden_host: {
    title: 'Host not allowed',
    detail: 'The Host header is not this endpoint’s own. Use the address of endpoint.json as it stands.',
  },
  not_found: { title: 'Not found', detail: 'There is nothing here. Check the address and the account.' },
  method_not_allowed: {
    title: 'Method not allowed',
    detail: 'This address has another method. See the Allow header.',
  },
  too_large: { title: 'Request too large', detail: 'The request’s body is too large. Send less.' },
  budget_exhausted: {
    title: 'Enough new tokens for now',
    detail: 'Enough new tokens for now; this protects the account. Ask again after the time in Retry-After.',
  },
  rate_limited: {
    title: 'Too many requests',
    detail: 'The service says: too many requests. Ask again after the time in Retry-After.',
  },
  service_error: {
    title: 'Service error',
    detail: 'The service answered with an error. Try again in a minute.',
  },
  signed_out: {
    title: 'Sign-in needed',
    detail: 'No session works for this account. Sign in with: token-tray login',
  },
  locked: { title: 'Key store locked', detail: failureText({ code: 'vault_locked', reason: 'key_store' }) },
  not_saved: {
    title: 'Sign-in not saved',
    detail:
      'The last answer of the service could not be saved. Run token-tray doctor and fix what it reports.',
  },
  suspended: {
    title: 'Account suspended',
    detail:
      'The service has suspended this account; Token Tray has stopped asking. Ask the service to lift it, then sign in.',
  },
  paused: { title: 'Tools are paused', detail: 'Tools are paused. Resume them with: token-tray resume' },
  offline: {
    title: 'No connection',
    detail: 'No connection to the service. Token Tray goes on by itself once it is reachable.',
  },
};
