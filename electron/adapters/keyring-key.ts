import { createHash, randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { CallQueue } from './call-queue.ts';
import type { DataKeyProtector, KeyLocked, KeyUndecryptable, OpenedDataKey } from './data-key.ts';
import { openKeyStore, type KeyStoreReply, type KeyStoreSession } from './key-store-process.ts';
import { PatientCall } from './patient-call.ts';
import { keyLength, openSeal, seal } from './seal.ts';

/**
 * Whether this computer's key store can be used. `none`: there is none. `locked`: it is there, and neither gives
 * nor takes a secret now. `detail`: its own words, never a secret, for a person who looks for the reason.
 */
export type KeyStoreCondition =
  { readonly kind: 'usable' } | { readonly kind: 'none' | 'locked'; readonly detail: string };

export interface KeyringParts {
  readonly home: string;
  readonly openKeyStore?: () => KeyStoreSession;
  /** How long a caller waits for an answer, in milliseconds; a prompt may stay on the screen for longer. */
  readonly patienceMs?: number;
  /** When a call that nobody answers is broken off, in milliseconds. */
  readonly giveUpMs?: number;
}

/** The wrapping key, or why not: `absent`: the store is open, without our entry; `foreign`: the entry is not ours. */
type Wrapping =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'absent' | 'foreign' }
  | Exclude<KeyStoreReply, { kind: 'done' }>;

type Work = (store: KeyStoreSession, user: string) => Promise<Wrapping>;

const second = 1000;
const context = 'token-tray data key, keyring 1';
const noAnswerYet: Wrapping = { kind: 'refused', detail: 'the key store has not answered yet' };

/**
 * The data key, wrapped under a random key that the operating system's key store keeps in an entry of this home's
 * own. The entry is made where there is none, and never written over.
 */
export class KeyringKey implements DataKeyProtector {
  readonly keyStore = 'keyring';
  readonly #parts: Required<KeyringParts>;
  readonly #queue = new CallQueue();
  readonly #calls: PatientCall<Wrapping>;
  #store: KeyStoreSession | null = null;
  #lastDetail: string | null = null;

  constructor(parts: KeyringParts) {
    this.#parts = { openKeyStore, patienceMs: 5 * second, giveUpMs: 120 * second, ...parts };
    this.#calls = new PatientCall(this.#parts.patienceMs);
  }

  /** What the key store last said when it did not do what it was asked; null: nothing so far. */
  get lastDetail(): string | null {
    return this.#lastDetail;
  }

  protect(dataKey: Uint8Array): Promise<Result<string, KeyLocked>> {
    return this.#queue.run(async () => {
      let found = await this.#patiently(find);
      if (found.kind === 'absent') found = await this.#patiently(make);
      if (found.kind !== 'key') return failed({ kind: 'locked', reason: 'key_store' });
      const text = seal(found.key, context, dataKey);
      found.key.fill(0);
      return succeeded(text);
    });
  }

  unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    return this.#queue.run(async () => {
      const found = await this.#patiently(find);
      if (found.kind === 'absent' || found.kind === 'foreign') return failed({ kind: 'undecryptable' });
      if (found.kind !== 'key') return failed({ kind: 'locked', reason: 'key_store' });
      const dataKey = openSeal(found.key, context, text);
      found.key.fill(0);
      if (dataKey?.length !== keyLength) return failed({ kind: 'undecryptable' });
      return succeeded({ dataKey, protectAgain: false });
    });
  }

  /** Tries the key store before anything is kept with it. Leaves nothing in it that was not there. */
  condition(): Promise<KeyStoreCondition> {
    return this.#queue.run(async () => {
      const found = await this.#patiently(find);
      if (found.kind === 'key') found.key.fill(0);
      if (!('detail' in found)) return { kind: 'usable' };
      return { kind: found.kind === 'none' ? 'none' : 'locked', detail: found.detail };
    });
  }

  /** Breaks off what is under way; for the program's end. */
  close(): void {
    this.#store?.end();
  }

  /** The work's answer. Whatever was asked for last is what the next caller waits for: both lead to the one key. */
  async #patiently(work: Work): Promise<Wrapping> {
    const found = (await this.#calls.answer('wrapping key', () => this.#fly(work))) ?? noAnswerYet;
    if ('detail' in found) this.#lastDetail = found.detail;
    return found;
  }

  async #fly(work: Work): Promise<Wrapping> {
    const user = await userName(this.#parts.home);
    try {
      const store = this.#parts.openKeyStore();
      this.#store = store;
      // A prompt that nobody answers must not stand on the screen for days.
      const giveUp = setTimeout(() => store.end(), this.#parts.giveUpMs).unref();
      const found = await work(store, user);
      clearTimeout(giveUp);
      store.end();
      return found;
    } catch (error) {
      // No process could be started; nobody may be waiting any more to be told by a rejection.
      return { kind: 'refused', detail: String(error) };
    }
  }
}

const find: Work = async (store, user) => {
  const found = await read(store, user);
  if (found.kind !== 'absent') return found;
  // A locked store may show none of its entries: only one that takes an entry is open. It asks the person to unlock.
  const probe = `${user}, probe`;
  const taken = await store.call({ do: 'set', user: probe, secret: 'probe' });
  if (taken.kind !== 'done') return taken;
  await store.call({ do: 'delete', user: probe });
  return read(store, user);
};

const make: Work = async (store, user) => {
  const secret = randomBytes(keyLength).toString('base64url');
  const taken = await store.call({ do: 'set', user, secret });
  // What it gives back is what it will give back at the next start.
  return taken.kind === 'done' ? read(store, user) : taken;
};

const read: Work = async (store, user) => {
  const reply = await store.call({ do: 'get', user });
  if (reply.kind !== 'done') return reply;
  if (reply.secret === null) return { kind: 'absent' };
  const key = Buffer.from(reply.secret, 'base64url');
  return key.length === keyLength ? { kind: 'key', key } : { kind: 'foreign' };
};

/** One entry for each home, so that a demo's or a test's home never comes near the person's own entry. */
async function userName(home: string): Promise<string> {
  const path = await realpath(home).catch(() => resolve(home));
  return `home ${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
}
