import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { AccountDirectory } from './account-directory.ts';
import type { Vault } from './ports.ts';
import { notRemoved } from './session-store.ts';

interface RemovalParts {
  readonly directory: AccountDirectory;
  readonly vault: Vault;
  /** See `AccountsParts.signedOut`. */
  readonly signedOut: (account: string) => Promise<void>;
}

/**
 * Forgets an account's session on this computer; null: the default account's. One that is signed out here, or was
 * never known here, may still be held by a vault of another protection.
 */
export async function signOutFrom(
  { directory, vault, signedOut }: RemovalParts,
  named: string | null,
): Promise<Result<{ readonly account: string }, Failure>> {
  const found = directory.find(named);
  const account = found?.account ?? named;
  if (account === null) return failed({ code: 'unknown_account', account: '' });
  if (found?.session) {
    const removed = await found.session.signOut();
    // Also where the stored record is still there: this program hands out no token of it any more.
    await signedOut(account);
    return removed.ok ? succeeded({ account }) : removed;
  }
  const removed = await vault.remove(account);
  if (!removed.ok) return notRemoved(removed.failure);
  if (!found && !removed.value) return failed({ code: 'unknown_account', account });
  await signedOut(account);
  return succeeded({ account });
}
