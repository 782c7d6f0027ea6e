import { createHash } from 'node:crypto';
import type { KeyStoreState } from '../control/settings.ts';

/** Who owns the keys: the key store keeps one for each app, by its name and its `userData`. */
export interface KeyOwner {
  readonly platform: NodeJS.Platform;
  readonly userData: string;
  readonly name: string;
}

/** The keys of a process. A `null` key: its provider called itself temporarily unavailable. */
export interface KeyRing {
  readonly keys: ReadonlyMap<string, Buffer | null>;
  /** The mark of the key that encrypts; null: there is none, so encryption fails. */
  readonly encrypts: string | null;
}

/**
 * The ring as Chromium builds it, once for each process (components/os_crypt/async/browser/os_crypt_async.cc). Linux
 * always has the constant key `v10` (posix_key_provider.cc), beside it `v11` if the key store gave one; whatever keeps
 * the key store from it is a permanent failure (freedesktop_secret_key_provider.cc, `FinalizeFailure`). macOS and
 * Windows have `v10` alone; a Keychain that was denied is temporarily unavailable (keychain_key_provider.mm).
 */
export function keyRing(state: Exclude<KeyStoreState, 'prompting'>, owner: KeyOwner): KeyRing {
  const stored = state === 'other-key' ? keyOf(owner, 'another key store') : keyOf(owner);
  const gave = state === 'protected' || state === 'other-key';
  if (owner.platform !== 'linux') {
    return gave
      ? { keys: new Map([['v10', stored]]), encrypts: 'v10' }
      : { keys: new Map([['v10', null]]), encrypts: null };
  }
  const keys = new Map<string, Buffer>([['v10', createHash('sha256').update('peanuts').digest()]]);
  return gave ? { keys: keys.set('v11', stored), encrypts: 'v11' } : { keys, encrypts: 'v10' };
}

function keyOf({ userData, name }: KeyOwner, store = ''): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([userData, name]))
    .update(store)
    .digest();
}
