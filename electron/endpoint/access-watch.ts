import type { Settings } from '../core/ports.ts';
import { mayHaveTokens, type Caller } from './caller.ts';
import type { KeyRing } from './key-ring.ts';

/** Why a caller may have no token: its key opens nothing (any more), or the programs of this user are shut out. */
export type AccessRefusal = 'bad_key' | 'forbidden';

/** A reply that came too late for its caller. */
export interface AccessEnded {
  readonly kind: 'access_ended';
  readonly refusal: AccessRefusal;
}

interface Followed {
  readonly caller: Caller;
  readonly ended: (refusal: AccessRefusal) => void;
}

/** How often it is looked whether access has ended while requests are under way, in milliseconds. */
const lookEveryMs = 250;

/**
 * Whether callers may have tokens, at this moment and for as long as their requests are under way. Access ends when a
 * tool is revoked or expires, when the connection of a lent key ends, and when "Programs of this user" is switched off.
 * It is looked for at intervals, because a clock, a person and a connection can each end it.
 */
export class AccessWatch {
  readonly #keys: Pick<KeyRing, 'stillOpens'>;
  readonly #settings: Pick<Settings, 'get'>;
  readonly #followed = new Set<Followed>();
  #timer: NodeJS.Timeout | null = null;

  constructor(keys: Pick<KeyRing, 'stillOpens'>, settings: Pick<Settings, 'get'>) {
    this.#keys = keys;
    this.#settings = settings;
  }

  /** Null: the caller may have tokens now. */
  refusalOf(caller: Caller): AccessRefusal | null {
    if (!this.#keys.stillOpens(caller)) return 'bad_key';
    return mayHaveTokens(caller, this.#settings) ? null : 'forbidden';
  }

  /** Calls `ended` once if the caller's access ends. The returned function stops that. */
  follow(caller: Caller, ended: (refusal: AccessRefusal) => void): () => void {
    const followed = { caller, ended };
    this.#followed.add(followed);
    this.#timer ??= setInterval(() => this.look(), lookEveryMs).unref();
    return () => this.#stop(followed);
  }

  /** What the caller waits for; `access_ended` as soon as its access ends, and never a reply after that. */
  async during<Reply>(caller: Caller, reply: Promise<Reply>): Promise<Reply | AccessEnded> {
    const over = Promise.withResolvers<AccessEnded>();
    const stop = this.follow(caller, (refusal) => over.resolve({ kind: 'access_ended', refusal }));
    try {
      const first = await Promise.race([reply, over.promise]);
      const refusal = this.refusalOf(caller);
      return refusal === null ? first : { kind: 'access_ended', refusal };
    } finally {
      stop();
    }
  }

  /** Ends what is under way of callers whose access has ended. */
  look(): void {
    for (const followed of this.#followed) {
      const refusal = this.refusalOf(followed.caller);
      if (refusal === null) continue;
      this.#stop(followed);
      followed.ended(refusal);
    }
  }

  #stop(followed: Followed): void {
    this.#followed.delete(followed);
    if (this.#followed.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
