import { randomBytes, randomUUID } from 'node:crypto';
import { AccessTokens } from './access-tokens.ts';
import type { Accounts } from './accounts.ts';
import type { AuthServiceSettings } from './settings.ts';

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What a refresh gives: without rotation the refresh token stays the one presented, and is not sent again. */
type RefreshedTokens = TokenPair | { readonly accessToken: string };

/** One login and every token that came of it. */
interface Session {
  readonly username: string;
  ended: boolean;
}

interface RefreshGrant {
  readonly session: Session;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Set by rotation; the pair is kept for `rotationGrace`. */
  spent?: { readonly at: number; readonly pair: Promise<TokenPair> };
}

/**
 * The sessions and their tokens.
 *
 * Whatever a request changes here is changed before its first `await`, so that of two requests with the same
 * refresh token one is always the second.
 */
export class Sessions {
  readonly #settings: AuthServiceSettings;
  readonly #accounts: Accounts;
  readonly #accessTokens: AccessTokens;
  readonly #sessionByAccessTokenId = new Map<string, Session>();
  readonly #grantByRefreshToken = new Map<string, RefreshGrant>();

  constructor(settings: AuthServiceSettings, accounts: Accounts) {
    this.#settings = settings;
    this.#accounts = accounts;
    this.#accessTokens = new AccessTokens(settings);
  }

  /** Begins a session for someone whose password has been checked. */
  async begin(username: string): Promise<TokenPair | 'suspended'> {
    if (!this.#accounts.mayGenerate(username)) return 'suspended';
    return this.#issuePair({ username, ended: false });
  }

  /**
   * Redeems a refresh token (RFC 6749 §6).
   *
   * A spent one within `rotationGrace` gets its pair again, which is no new generation, and beats reuse detection.
   *
   * @returns 'expired' for one that is unknown, spent, over, or of a session that has ended; 'suspended' for any
   *   known one of a suspended account
   */
  async refresh(refreshToken: string): Promise<RefreshedTokens | 'expired' | 'suspended'> {
    const grant = this.#grantByRefreshToken.get(refreshToken);
    if (!grant) return 'expired';
    const { session, spent } = grant;
    const now = this.#settings.now();
    if (this.#accounts.isSuspended(session.username)) return 'suspended';
    if (session.ended || now >= grant.expiresAt) return 'expired';
    if (spent && now - spent.at < this.#settings.rotationGrace * 1000) return spent.pair;
    if (spent) {
      session.ended = this.#settings.reuseDetection;
      return 'expired';
    }
    if (!this.#accounts.mayGenerate(session.username)) return 'suspended';
    if (!this.#settings.rotation) return { accessToken: await this.#issueAccessToken(session) };
    grant.spent = { at: now, pair: this.#issuePair(session) };
    return grant.spent.pair;
  }

  /** @returns whose access token this is, or undefined if it is none of ours, over, revoked or of an ended session */
  async usernameOf(accessToken: string): Promise<string | undefined> {
    const id = await this.#accessTokens.verifiedId(accessToken);
    const session = id === undefined ? undefined : this.#sessionByAccessTokenId.get(id);
    return session?.ended === false ? session.username : undefined;
  }

  revokeAccessTokens(): void {
    this.#sessionByAccessTokenId.clear();
  }

  revokeRefreshTokens(): void {
    this.#grantByRefreshToken.clear();
  }

  #issuePair(session: Session): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    const expiresAt = this.#settings.now() + this.#settings.refreshLifetime * 1000;
    this.#grantByRefreshToken.set(refreshToken, { session, expiresAt });
    return this.#issueAccessToken(session).then((accessToken) => ({ accessToken, refreshToken }));
  }

  #issueAccessToken(session: Session): Promise<string> {
    const id = randomUUID();
    this.#sessionByAccessTokenId.set(id, session);
    return this.#accessTokens.sign(session.username, id);
  }
}
