import { randomBytes } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';
import type { AuthServiceSettings } from './settings.ts';

/** Access tokens: JWTs (RFC 7519) under HS256 with a secret of this start, so another start's are refused. */
export class AccessTokens {
  readonly #secret = randomBytes(32);
  readonly #settings: AuthServiceSettings;

  constructor(settings: AuthServiceSettings) {
    this.#settings = settings;
  }

  /**
   * @param subject the username, as `sub`
   * @param id as `jti`, which makes two tokens of the same second differ
   * @returns a JWT with `iat` and `exp` in whole seconds, `exp` being `iat` + `accessLifetime`
   */
  sign(subject: string, id: string): Promise<string> {
    const issuedAt = Math.floor(this.#settings.now() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(subject)
      .setJti(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.#settings.accessLifetime)
      .sign(this.#secret);
  }

  /** @returns the token's `jti`, or undefined if it was not signed here or its `exp` is reached (RFC 7519 §4.1.4) */
  async verifiedId(token: string): Promise<string | undefined> {
    try {
      const currentDate = new Date(this.#settings.now());
      const { payload } = await jwtVerify(token, this.#secret, { algorithms: ['HS256'], currentDate });
      return payload.jti;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
