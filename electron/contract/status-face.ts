import type { AppView } from './app-view.ts';
import type { ProblemReason } from './problems.ts';

/** The situations that people are told of: each has a title and a detail in every language (`face.NAME`). */
export const faceNames = [
  'active',
  'renewing',
  'uncertain',
  'uncertain_over',
  'offline',
  'offline_over',
  'rate_limited',
  'unrecorded',
  'budget_spent',
  'locked',
  'locked_restart',
  'needs_sign_in',
  'needs_sign_in_over',
  'unreadable',
  'suspended',
  'paused',
  'not_saved',
  'signed_out',
  'signing_in',
] as const;

export type FaceName = (typeof faceNames)[number];

/** What a button of the status does; each has its label in every language (`action.NAME`). */
export type FaceAction =
  | 'copy_token'
  | 'try_now'
  | 'get_one_now'
  | 'try_again'
  | 'restart'
  | 'sign_in'
  | 'sign_in_lifted'
  | 'resume';

/** How a situation looks, the same in window, tray and menu. */
export interface StatusFace {
  readonly name: FaceName;
  readonly ring: 'good' | 'turning' | 'warn' | 'empty' | 'paused' | 'bad';
  readonly icon: 'signed_in' | 'renewing' | 'needs_you' | 'signed_out';
  /** The time that the words name, in epoch milliseconds; null: they name none. */
  readonly at: number | null;
  /** The main button first. */
  readonly actions: readonly FaceAction[];
}

/**
 * The situation that a view shows. Where several fit: paused, then suspended, then the state. The service's own “too
 * many”, a token that cannot be recorded and a spent budget, in this order, only where they stand between the person
 * and the next token. `now`: epoch milliseconds.
 */
export function statusFace(view: AppView, now: number): StatusFace {
  const good = view.expiresAt !== null && view.expiresAt > now;
  const until = good ? view.expiresAt : null;
  const copy: readonly FaceAction[] = good ? ['copy_token'] : [];
  const { pausedUntil, state } = view;
  if (pausedUntil !== null && pausedUntil > now && state !== 'signed_out') {
    return face('paused', 'paused', 'needs_you', { at: pausedUntil, actions: ['resume', ...copy] });
  }
  switch (state) {
    case 'suspended':
      return face('suspended', 'empty', 'needs_you', { actions: ['sign_in_lifted'] });
    case 'renewing':
      return face('renewing', 'turning', 'renewing', { actions: ['copy_token'] });
    case 'signing_in':
      return face('signing_in', 'turning', 'renewing', { actions: [] });
    case 'signed_out':
      return face('signed_out', 'empty', 'signed_out', { actions: ['sign_in'] });
    case 'locked':
      return view.restartUnlocks
        ? face('locked_restart', good ? 'good' : 'empty', 'needs_you', { actions: ['restart', ...copy] })
        : face('locked', good ? 'good' : 'empty', 'needs_you', { actions: ['try_again', ...copy] });
    case 'needs_sign_in':
      if (view.unreadable) return face('unreadable', 'empty', 'needs_you', { actions: ['sign_in'] });
      return good
        ? face('needs_sign_in', 'good', 'needs_you', { at: until, actions: ['sign_in', ...copy] })
        : face('needs_sign_in_over', 'empty', 'needs_you', { actions: ['sign_in'] });
    case 'not_saved':
      return face('not_saved', 'bad', 'needs_you', { actions: ['try_again', ...copy] });
    case 'uncertain':
    case 'offline':
    case 'active':
      return limitedFace(view, until, now) ?? workingFace(state, until);
  }
}

/** What stands between the person and the next token: the token in hand, if any, is over before. Null: nothing. */
function limitedFace(view: AppView, until: number | null, now: number): StatusFace | null {
  const standsBetween = (at: number | null): at is number =>
    at !== null && at > now && (until === null || until < at);
  const getOne: readonly FaceAction[] = until === null ? ['get_one_now'] : ['copy_token'];
  const { rateLimitedUntil, unrecordedUntil, budget } = view;
  if (standsBetween(rateLimitedUntil)) {
    // The service's word holds for a person, too.
    const actions: readonly FaceAction[] = until === null ? [] : ['copy_token'];
    return face('rate_limited', 'warn', 'signed_in', { at: rateLimitedUntil, actions });
  }
  if (standsBetween(unrecordedUntil)) {
    return face('unrecorded', 'warn', 'needs_you', { at: unrecordedUntil, actions: getOne });
  }
  if (standsBetween(budget.nextAt)) {
    return face('budget_spent', 'warn', 'signed_in', { at: budget.nextAt, actions: getOne });
  }
  return null;
}

function workingFace(state: 'uncertain' | 'offline' | 'active', until: number | null): StatusFace {
  // A token that is over is no trouble: the next one is made when somebody needs it.
  if (state === 'active') {
    return face('active', until === null ? 'empty' : 'good', 'signed_in', { actions: ['copy_token'] });
  }
  if (until !== null) return face(state, 'warn', 'signed_in', { at: until, actions: ['copy_token'] });
  return state === 'offline'
    ? face('offline_over', 'empty', 'needs_you', { actions: ['try_now'] })
    : face('uncertain_over', 'empty', 'needs_you', { actions: ['try_now'] });
}

function face(
  name: FaceName,
  ring: StatusFace['ring'],
  icon: StatusFace['icon'],
  { at = null, actions }: { readonly at?: number | null; readonly actions: readonly FaceAction[] },
): StatusFace {
  return { name, ring, icon, at, actions };
}

/** Why the last renewal came to nothing, of a view that shows it. */
export function causeOf({ cause, state }: Pick<AppView, 'cause' | 'state'>): ProblemReason {
  return cause ?? (state === 'uncertain' ? 'uncertain' : 'network');
}

/** Whole minutes of life left, rounded up, for words such as “32 minutes left”. */
export function minutesLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.ceil((expiresAt - now) / 60_000));
}
