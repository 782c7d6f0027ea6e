import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthServiceSettings } from './settings.ts';

interface Account {
  readonly passwordDigest: Buffer;
  /** When tokens were generated, in milliseconds since the epoch; only those that still count. */
  generations: number[];
  suspended: boolean;
}

/** Who may log in, and who was suspended for generating too many tokens. */
export class Accounts {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #settings: AuthServiceSettings;

  constructor(settings: AuthServiceSettings) {
    this.#settings = settings;
    this.#accounts = new Map(
      Object.entries(settings.users).map(([username, password]) => [
        username,
        { passwordDigest: sha256(password), generations: [], suspended: false },
      ]),
    );
  }

  passwordMatches(username: string, password: string): boolean {
    const account = this.#accounts.get(username);
    return account !== undefined && timingSafeEqual(account.passwordDigest, sha256(password));
  }

  isSuspended(username: string): boolean {
    return this.#accounts.get(username)?.suspended ?? false;
  }

  /**
   * Asks leave to generate tokens for an account, and counts the generation if it is given.
   *
   * @returns false if the account is suspended, or is suspended by this very request: one more than
   *   `suspendAfter.generations` in a sliding window of `suspendAfter.seconds`
   */
  mayGenerate(username: string): boolean {
    const account = this.#accounts.get(username);
    if (!account || account.suspended) return false;
    const rule = this.#settings.suspendAfter;
    if (!rule) return true;
    const now = this.#settings.now();
    account.generations = account.generations.filter((at) => now - at < rule.seconds * 1000);
    account.suspended = account.generations.length >= rule.generations;
    if (!account.suspended) account.generations.push(now);
    return !account.suspended;
  }

  suspendedCount(): number {
    return [...this.#accounts.values()].filter((account) => account.suspended).length;
  }

  reset(): void {
    for (const account of this.#accounts.values()) {
      account.generations = [];
      account.suspended = false;
    }
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
