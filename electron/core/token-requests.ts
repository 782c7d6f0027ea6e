import type { AccountDirectory } from './account-directory.ts';
import { notBefore } from './may-renew.ts';
import type { Pause } from './pause.ts';
import { second } from './renewal-timing.ts';
import type { AccessToken } from './secret.ts';
import type { Session } from './session.ts';
import type { TokenReply } from './token-reply.ts';
import type { ToolUsage } from './tool-usage.ts';

/** Who asks for which token. `account` null: the default account; `tool` null: programs with the owner's key. */
export interface TokenAsk {
  readonly account: string | null;
  readonly minTtlSeconds: number;
  readonly tool: string | null;
}

/** A tool's word that the API answered 401 to this token. */
export interface RejectedReport {
  readonly account: string | null;
  readonly rejected: AccessToken;
  readonly tool: string | null;
}

const signedOut: TokenReply = { kind: 'refused', refusal: { code: 'signed_out' } };

/** What tools ask for: each request is counted, and while tools are paused nobody gets anything. */
export class TokenRequests {
  readonly #directory: AccountDirectory;
  readonly #usage: ToolUsage;
  readonly #pause: Pause;

  constructor(directory: AccountDirectory, usage: ToolUsage, pause: Pause) {
    this.#directory = directory;
    this.#usage = usage;
    this.#pause = pause;
  }

  /** What to hand to whoever asks for a token; see `Session.token`. */
  token({ account, minTtlSeconds, tool }: TokenAsk): TokenReply | Promise<TokenReply> {
    return this.#admit(account, tool, (session) => session.handOut.token(minTtlSeconds * second, tool));
  }

  /** The API refused a token. One that is another account's current one is a mistake of whoever reports it. */
  async reportRejected(report: RejectedReport): Promise<TokenReply | { readonly kind: 'bad_request' }> {
    const { account, rejected, tool } = report;
    const meant = this.#directory.find(account)?.session;
    const isAnothers = this.#directory
      .all()
      .some((session) => session !== meant && session.handOut.holds(rejected));
    return this.#admit(account, tool, (session) =>
      isAnothers ? { kind: 'bad_request' } : session.handOut.reportRejected(rejected, tool),
    );
  }

  #admit<Reply>(
    account: string | null,
    tool: string | null,
    serve: (session: Session) => Reply | Promise<Reply>,
  ): Reply | TokenReply | Promise<Reply | TokenReply> {
    const found = this.#directory.find(account);
    if (!found) return { kind: 'unknown_account' };
    if (found.account !== null) this.#usage.count(tool, found.account);
    const paused = this.#paused();
    if (paused) return paused;
    if (!found.session) return signedOut;
    const reply = serve(found.session);
    // A pause holds for those too who were waiting when it began.
    return reply instanceof Promise ? reply.then((late) => this.#paused() ?? late) : reply;
  }

  #paused(): TokenReply | null {
    const pausedMs = this.#pause.leftMs();
    return pausedMs > 0 ? { kind: 'refused', refusal: notBefore('paused', pausedMs) } : null;
  }
}
