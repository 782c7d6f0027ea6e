import type { Failure } from '../../electron/contract/failures.ts';
import type { TokenRefusal } from '../../electron/contract/problems.ts';
import { failed, succeeded, type Result } from '../../electron/contract/result.ts';
import { Secret } from '../../electron/core/secret.ts';
import type { SignInBy } from '../../electron/core/sign-in.ts';
import type { Outlook } from '../../electron/core/outlook.ts';
import type { HeldToken, SessionReport, TokenReply } from '../../electron/core/token-reply.ts';
import type { RejectedReport, TokenAsk } from '../../electron/core/token-requests.ts';
import type { Engine, SignedIn, SignInRequest } from '../../electron/endpoint/engine.ts';

export const anna = 'anna@warehouse.example';
const scriptedExpiry = Date.UTC(2026, 0, 2, 3, 4, 5);
export const scriptedTokenText = 'access-token-of-anna';

export const heldToken: HeldToken = {
  account: anna,
  service: 'https://api.invalid',
  accessToken: new Secret<'access token'>(scriptedTokenText),
  leftMs: 1_234_567,
  expiresAt: scriptedExpiry,
};

export const signedInReport: SessionReport = {
  account: anna,
  identity: null,
  form: 'basic',
  state: 'active',
  lifetimeMs: 2_700_000,
  unreadable: false,
  lockedReason: null,
  restartUnlocks: false,
  unsaved: null,
  leftMs: 1_234_567,
  expiresAt: scriptedExpiry,
  lastRenewal: { at: scriptedExpiry - 2_700_000, cause: 'tool' },
  nextRenewalAt: scriptedExpiry - 180_000,
  budget: { used: 2, limit: 60, nextAt: null },
  accounts: [{ account: anna, state: 'active', default: true }],
  keyStore: 'keyring',
  rateLimitedUntil: null,
  unrecordedUntil: null,
  hold: null,
  cause: null,
  pausedUntil: null,
};

type RejectedReply = TokenReply | { readonly kind: 'bad_request' };

/** An engine that answers what its test wrote down, and remembers what it was asked. */
export class ScriptedEngine implements Engine {
  readonly asks: TokenAsk[] = [];
  readonly rejectedReports: RejectedReport[] = [];
  readonly signIns: (SignInRequest & { readonly by: SignInBy })[] = [];
  readonly signOuts: (string | null)[] = [];
  readonly defaults: string[] = [];
  readonly #onAsk: (() => void)[] = [];
  tokenReply: () => TokenReply | Promise<TokenReply> = () => ({ kind: 'token', token: heldToken });
  rejectedReply: RejectedReply | Promise<RejectedReply> = { kind: 'token', token: heldToken };
  sessionReport: SessionReport | null = signedInReport;
  scriptedOutlook: Outlook = {
    accounts: [
      {
        account: anna,
        default: true,
        state: 'active',
        gives: 'token',
        expiresAt: scriptedExpiry,
        refusal: null,
      },
    ],
  };
  signInResult: Result<SignedIn, Failure> = succeeded({ account: anna, state: 'active', already: false });
  signOutResult: Result<{ readonly account: string }, Failure> = succeeded({ account: anna });

  /** From now on every token request is refused so. */
  refuse(refusal: TokenRefusal): void {
    this.tokenReply = () => ({ kind: 'refused', refusal });
  }

  /** How often anything was asked of it that may do work. */
  get calls(): number {
    return this.asks.length + this.rejectedReports.length + this.signIns.length + this.signOuts.length;
  }

  /** Waits until so many tokens have been asked for. */
  async asked(count: number): Promise<void> {
    while (this.asks.length < count) await new Promise<void>((resolve) => this.#onAsk.push(resolve));
  }

  token(ask: TokenAsk): TokenReply | Promise<TokenReply> {
    this.asks.push(ask);
    for (const resolve of this.#onAsk.splice(0)) resolve();
    return this.tokenReply();
  }

  async reportRejected(report: RejectedReport): Promise<RejectedReply> {
    this.rejectedReports.push(report);
    return this.rejectedReply;
  }

  report(): SessionReport | null {
    return this.sessionReport;
  }

  outlook(): Outlook {
    return this.scriptedOutlook;
  }

  async signIn(request: SignInRequest, by: SignInBy): Promise<Result<SignedIn, Failure>> {
    this.signIns.push({ ...request, by });
    return this.signInResult;
  }

  async signOut(account: string | null): Promise<Result<{ readonly account: string }, Failure>> {
    this.signOuts.push(account);
    return this.signOutResult;
  }

  has(account: string): boolean {
    return account === anna;
  }

  async setDefault(account: string): Promise<Result<null, Failure>> {
    this.defaults.push(account);
    return this.has(account) ? succeeded(null) : failed({ code: 'unknown_account', account });
  }
}
