import { failureText } from '../contract/failure-words.ts';
import type { LockedReason } from '../contract/failures.ts';
import type { ProblemReason } from '../contract/problems.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { StatusAnswer } from '../contract/wire.ts';
import { stateWords } from './state-words.ts';
import { moment } from './time-words.ts';

const keyStoreWords: Readonly<Record<KeyStoreName, string>> = {
  'safe-storage': 'kept encrypted by this computer',
  keyring: 'kept, sealed by a key in this computer’s key store',
  passphrase: 'kept, sealed by the passphrase',
  memory: 'in memory only: gone when Token Tray ends',
};

/** Why the service is not asked now, and what to do. */
const reasonWords: Readonly<Record<ProblemReason, readonly [what: string, remedy: string]>> = {
  network: ['No connection.', 'Token Tray goes on by itself once it is reachable.'],
  proxy: ['No connection through the proxy.', 'Check the proxy’s address and account.'],
  certificate: ['The service’s certificate is not trusted.', 'Find out why: token-tray doctor'],
  clock: ['The service’s certificate does not fit this computer’s clock.', 'Check the date and time.'],
  uncertain: ['No usable answer to the last renewal.', 'Token Tray tries again when a tool asks.'],
  store: ['New tokens cannot be recorded.', 'Find out why: token-tray doctor'],
  waking: ['This computer has just woken up.', 'Token Tray asks for new tokens again in a moment.'],
};

/** The status for a person at a terminal, a line a fact. */
export function statusLines(status: StatusAnswer): readonly string[] {
  const lines =
    status.paused_until === null
      ? [sentence(status)]
      : [
          `Paused until ${moment(status.paused_until)}: tools get nothing. End it with: token-tray resume`,
          sentence(status),
        ];
  if (status.rate_limited_until !== null) {
    const until = moment(status.rate_limited_until);
    lines.push(`The service says: too many requests. Token Tray asks for a new token after ${until}.`);
  }
  if (status.account !== null) lines.push(`Account: ${status.account}`);
  const others = status.accounts.filter(({ account }) => account !== status.account);
  if (others.length > 0) {
    lines.push(
      `Others:  ${others.map(({ account, state }) => `${account} (${stateWords[state]})`).join(', ')}`,
    );
  }
  const { used, limit, next_at: nextAt } = status.budget;
  lines.push(
    `New tokens in the last 24 hours: ${used} of ${limit}${nextAt ? `; the next is possible at ${moment(nextAt)}` : ''}`,
    `Session: ${keyStoreWords[status.key_store]}`,
    `Address for tools: ${status.endpoint.url}`,
  );
  return lines;
}

/** The colour of the first line: all well, wait, or something for a person to do. */
export function statusColour(status: StatusAnswer): 'green' | 'yellow' | 'red' {
  const { state, paused_until: pausedUntil, rate_limited_until: limitedUntil, reason } = status;
  if (pausedUntil !== null) return 'yellow';
  if (state === 'active' && (limitedUntil !== null || reason !== null)) return 'yellow';
  switch (state) {
    case 'active':
    case 'renewing':
    case 'signing_in':
      return 'green';
    case 'uncertain':
    case 'offline':
      return 'yellow';
    case 'locked':
    case 'needs_sign_in':
    case 'suspended':
    case 'not_saved':
    case 'signed_out':
      return 'red';
  }
}

function sentence(status: StatusAnswer): string {
  const until = status.expires_at === null ? null : moment(status.expires_at);
  const inHand = until === null ? 'Tools are waiting.' : `The token in hand works until ${until}.`;
  switch (status.state) {
    case 'active':
      if (status.reason !== null) return `Signed in. ${told(status.reason, until === null ? null : inHand)}`;
      return until === null && status.rate_limited_until === null
        ? 'Signed in. Renewed when a tool needs it.'
        : `Signed in. ${inHand}`;
    case 'renewing':
      return 'Renewing… Tools that ask now wait a moment.';
    case 'uncertain':
      return told(status.reason ?? 'uncertain', inHand);
    case 'offline':
      return told(status.reason ?? 'network', until === null ? null : inHand);
    case 'locked':
      return failureText({
        code: 'vault_locked',
        reason: status.locked_reason ?? lockedReason(status.key_store),
      });
    case 'needs_sign_in':
      return `Sign in again: token-tray login. The session no longer works. ${inHand}`;
    case 'suspended':
      return 'The service has suspended this account. Ask it to lift that, then run: token-tray login';
    case 'not_saved':
      return 'The sign-in could not be saved. Free some space, or fix what token-tray doctor reports.';
    case 'signing_in':
      return 'Signing in…';
    case 'signed_out':
      return 'Signed out. Sign in with: token-tray login';
  }
}

/** For an owner of an older version, which does not say why. The tray app asks its key store once for each start. */
function lockedReason(keyStore: KeyStoreName): LockedReason {
  if (keyStore === 'passphrase') return 'passphrase';
  return keyStore === 'safe-storage' ? 'key_store_restart' : 'key_store';
}

/** `inHand` null: there is no token, and what to do follows instead. */
function told(reason: ProblemReason, inHand: string | null): string {
  const [what, remedy] = reasonWords[reason];
  return `${what} ${inHand ?? remedy}`;
}
