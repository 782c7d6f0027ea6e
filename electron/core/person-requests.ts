import type { SessionStateName } from '../contract/session-states.ts';
import type { AccountDirectory } from './account-directory.ts';
import type { RenewalEnd } from './renewal.ts';
import { isUnsaved } from './session-state.ts';
import type { StoredSessions } from './stored-sessions.ts';
import type { TokenReply } from './token-reply.ts';

const signedOut = { code: 'signed_out' } as const;

/** What a person asks for, at a window or the tray: none of it counts as use, and no pause holds it back. */
export class PersonRequests {
  readonly #directory: AccountDirectory;
  readonly #stored: StoredSessions;

  constructor(directory: AccountDirectory, stored: StoredSessions) {
    this.#directory = directory;
    this.#stored = stored;
  }

  /** The token, to be copied; see `HandOut.personsToken`. */
  token(account: string | null): TokenReply | Promise<TokenReply> {
    const found = this.#directory.find(account);
    if (!found) return { kind: 'unknown_account' };
    return found.session?.handOut.personsToken() ?? { kind: 'refused', refusal: signedOut };
  }

  /** A new token now; see `HandOut.renewNow`. */
  async renew(account: string | null, how: { readonly evenOverBudget: boolean }): Promise<RenewalEnd> {
    const session = this.#directory.find(account)?.session;
    return session ? session.handOut.renewNow(how) : { ok: false, refusal: signedOut };
  }

  /** Tries at once what is tried again by itself: to open the key store, and to save what is not saved. */
  async tryAgain(): Promise<void> {
    await this.#stored.load();
    await Promise.all(this.#directory.all().map((session) => session.saveAgain()));
  }

  /** Whether an answer of the service is in memory alone, and lost if the program ends. */
  hasUnsaved(): boolean {
    return this.#directory.all().some(({ state }) => isUnsaved(state));
  }

  /** Whether the service has been sent a request whose answer has not come: tokens that a sudden end would lose. */
  awaitsAnswer(): boolean {
    const underWay: readonly SessionStateName[] = ['renewing', 'signing_in'];
    return this.#directory.all().some(({ state }) => underWay.includes(state.name));
  }

  /** Ends each sign-in under way for whoever waits; an answer still to come is dropped and counted. */
  cancelSignIn(): void {
    for (const session of this.#directory.all()) session.cancelSignIn();
  }
}
