import { createHash, randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { CallQueue } from './call-queue.ts';
import type { DataKeyProtector, KeyLocked, KeyUndecryptable, OpenedDataKey } from './data-key.ts';
import {
  openKeyStore,
  type KeyStoreCall,
  type KeyStoreReply,
  type KeyStoreSession,
} from './key-store-process.ts';
import { refusalReason, type KeyStoreReason } from './key-store-refusal.ts';
import { PatientCall } from './patient-call.ts';
import { keyLength, openSeal, seal } from './seal.ts';

/**
 * Whether this computer's key store can be used. `none`: there is none. `locked`: it is there, and neither gives
 * nor takes a secret now. `detail`: its own words, never a secret, for a person who looks for the reason.
 */
export type KeyStoreCondition =
  | { readonly kind: 'usable' }
  | { readonly kind: 'none'; readonly detail: string }
  | { readonly kind: 'locked'; readonly detail: string; readonly reason: KeyStoreReason };

export interface KeyringParts {
  readonly home: string;
  readonly openKeyStore?: () => KeyStoreSession;
  /** How long a caller waits for an answer, in milliseconds; a prompt may stay on the screen for longer. */
  readonly patienceMs?: number;
  /** When a call without an answer is broken off, in milliseconds; null: never. */
  readonly giveUpMs?: number | null;
  readonly platform?: NodeJS.Platform;
}

/** The wrapping key, or why not: `absent`: the store is open, without our entry; `foreign`: the entry is not ours. */
type Wrapping =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'absent' | 'foreign' }
  | { readonly kind: 'none'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string; readonly reason: KeyStoreReason };

/** A key store's session, with the meaning of a refusal. */
type Ask = (call: KeyStoreCall) => Promise<Extract<KeyStoreReply, { kind: 'done' }> | Refusal>;
type Refusal = Exclude<Wrapping, { kind: 'key' | 'absent' | 'foreign' }>;
type Work = (ask: Ask, user: string) => Promise<Wrapping>;

const second = 1000;
const minute = 60 * second;
const context = 'token-tray data key, keyring 1';
const noAnswerYet: Wrapping = refused('the key store has not answered yet');

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
    const { platform = process.platform } = parts;
    // Breaking a call off takes its prompt away, perhaps while a person types. macOS answers every call in the
    // end; D-Bus may hang without a prompt.
    const giveUpMs = platform === 'darwin' ? null : 10 * minute;
    this.#parts = { openKeyStore, patienceMs: 5 * second, giveUpMs, platform, ...parts };
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
      if (found.kind !== 'key') return failed({ kind: 'locked', reason: reasonOf(found) });
      const text = seal(found.key, context, dataKey);
      found.key.fill(0);
      return succeeded(text);
    });
  }

  unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    return this.#queue.run(async () => {
      const found = await this.#patiently(find);
      if (found.kind === 'absent' || found.kind === 'foreign') return failed({ kind: 'undecryptable' });
      if (found.kind !== 'key') return failed({ kind: 'locked', reason: reasonOf(found) });
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
      const { detail } = found;
      return found.kind === 'none'
        ? { kind: 'none', detail }
        : { kind: 'locked', detail, reason: found.reason };
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
    const { giveUpMs } = this.#parts;
    try {
      const store = this.#parts.openKeyStore();
      this.#store = store;
      const giveUp = giveUpMs === null ? undefined : setTimeout(() => store.end(), giveUpMs).unref();
      const found = await work((call) => this.#ask(store, call), user);
      clearTimeout(giveUp);
      store.end();
      return found;
    } catch (error) {
      // No process could be started; nobody may be waiting any more to be told by a rejection.
      return refused(String(error));
    }
  }

  async #ask(store: KeyStoreSession, call: KeyStoreCall): ReturnType<Ask> {
    const reply = await store.call(call);
    switch (reply.kind) {
      case 'done':
        return reply;
      case 'none':
        return { kind: 'none', detail: reply.detail };
      case 'broken':
        return refused(reply.detail);
      case 'refused':
        return refused(reply.detail, refusalReason(reply, this.#parts.platform));
    }
  }
}

const find: Work = async (ask, user) => {
  const found = await read(ask, user);
  if (found.kind !== 'absent') return found;
  // A locked store may show none of its entries: only one that takes an entry is open. It asks the person to unlock.
  const probe = `${user}, probe`;
  const taken = await ask({ do: 'set', user: probe, secret: 'probe' });
  if (taken.kind !== 'done') return taken;
  await ask({ do: 'delete', user: probe });
  return read(ask, user);
};

const make: Work = async (ask, user) => {
  const secret = randomBytes(keyLength).toString('base64url');
  const taken = await ask({ do: 'set', user, secret });
  // What it gives back is what it will give back at the next start.
  return taken.kind === 'done' ? read(ask, user) : taken;
};

const read: Work = async (ask, user) => {
  const reply = await ask({ do: 'get', user });
  if (reply.kind !== 'done') return reply;
  if (reply.secret === null) return { kind: 'absent' };
  const key = Buffer.from(reply.secret, 'base64url');
  return key.length === keyLength ? { kind: 'key', key } : { kind: 'foreign' };
};

function refused(detail: string, reason: KeyStoreReason = 'key_store'): Refusal {
  return { kind: 'refused', detail, reason };
}

function reasonOf(found: Wrapping): KeyStoreReason {
  return found.kind === 'refused' ? found.reason : 'key_store';
}

/** One entry for each home, so that a demo's or a test's home never comes near the person's own entry. */
async function userName(home: string): Promise<string> {
  const path = await realpath(home).catch(() => resolve(home));
  return `home ${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
}
