import { failureText } from '../contract/failure-words.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { StatusAnswer } from '../contract/wire.ts';

const keyStoreWords: Readonly<Record<KeyStoreName, string>> = {
  'safe-storage': 'kept encrypted by this computer',
  keyring: 'kept, sealed by a key in this computer’s key store',
  passphrase: 'kept, sealed by the passphrase',
  memory: 'in memory only: gone when Token Tray ends',
};

/** The status for a person at a terminal, a line a fact. */
export function statusLines(status: StatusAnswer): readonly string[] {
  const lines = [sentence(status)];
  if (status.account !== null) lines.push(`Account: ${status.account}`);
  const others = status.accounts.filter(({ account }) => account !== status.account);
  if (others.length > 0) {
    lines.push(`Others:  ${others.map(({ account, state }) => `${account} (${state})`).join(', ')}`);
  }
  const { used, limit, next_at: nextAt } = status.budget;
  lines.push(
    `New tokens in the last 24 hours: ${used} of ${limit}${nextAt ? `; the next is possible at ${timeOfDay(nextAt)}` : ''}`,
    `Session: ${keyStoreWords[status.key_store]}`,
    `Address for tools: ${status.endpoint.url}`,
  );
  return lines;
}

function sentence(status: StatusAnswer): string {
  const until = status.expires_at === null ? null : timeOfDay(status.expires_at);
  const inHand = until === null ? 'Tools are waiting.' : `The token in hand works until ${until}.`;
  switch (status.state) {
    case 'active':
      return `Signed in. ${until === null ? 'Renewed when a tool needs it.' : inHand}`;
    case 'renewing':
      return 'Renewing… Tools that ask now wait a moment.';
    case 'uncertain':
      return `No answer to the last renewal. ${inHand}`;
    case 'offline':
      return until === null
        ? 'No connection. Token Tray goes on by itself once it is reachable.'
        : `No connection. ${inHand}`;
    case 'locked':
      return failureText({
        code: 'vault_locked',
        reason: status.key_store === 'passphrase' ? 'passphrase' : 'key_store',
      });
    case 'needs_sign_in':
      return `Sign in again: token-tray login. The service ended the session. ${inHand}`;
    case 'suspended':
      return 'The service has suspended this account. Token Tray has stopped asking. Ask the service to lift it.';
    case 'not_saved':
      return 'The sign-in could not be saved. Free some space; Token Tray keeps trying while it runs.';
    case 'signing_in':
      return 'Signing in…';
    case 'signed_out':
      return 'Signed out. Sign in with: token-tray login';
  }
}

function timeOfDay(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
