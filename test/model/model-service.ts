import type { AuthService, Credentials, ServiceReply } from '../../electron/core/ports.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';

/** What is to become of the next request. `silent`: the service does it, and nothing is heard until the time is over. */
export type Fate =
  'answered' | 'late' | 'lost' | 'broken' | 'unsent' | 'too many' | 'refused' | 'suspended' | 'silent';

interface Family {
  /** The one refresh token that is good; null: the service ended the session. */
  current: string | null;
}

/** What came of one request, for whoever watches. */
export interface Posted {
  readonly username: string;
  readonly kind: 'login' | 'refresh';
  readonly fate: Fate;
  /** Whether it may have become a token, as far as anybody but the service can know. */
  readonly countable: boolean;
}

/**
 * A small model of the vendor's service: each refresh token is good once, one that is used again ends its session
 * (RFC 9700 §4.14.2), and it answers as it is told to.
 */
export class ModelService implements AuthService {
  readonly lifetimeMs: number;
  /** The fates of the next requests; without one a request is answered. */
  readonly fates: Fate[] = [];
  posted: (post: Posted) => void = () => undefined;
  /** Called as an answer reaches the program. */
  arrived: (reply: ServiceReply) => void = () => undefined;
  /** Requests that are open, by user. */
  readonly open = new Map<string, number>();
  /** The most that were ever open for one user. */
  peak = 0;
  /** Users whose session only the service can give back: their next answer was lost, or refused. */
  readonly orphaned = new Set<string>();
  readonly #families = new Map<string, Family>();
  readonly #owners = new Map<string, Family>();
  readonly #late: (ms: number) => Promise<void>;
  readonly #suspended = new Set<string>();
  #made = 0;
  /** How many programs have died. */
  #deaths = 0;

  /** `late`: resolves after so many milliseconds. */
  constructor(lifetimeMs: number, late: (ms: number) => Promise<void>) {
    this.lifetimeMs = lifetimeMs;
    this.#late = late;
  }

  logIn(_service: string, { username }: Credentials): Promise<ServiceReply> {
    const deaths = this.#deaths;
    return this.#request(username, 'login', () => {
      // A session that nobody hears of replaces no other, and gives nobody theirs back.
      if (deaths !== this.#deaths) return { kind: 'lost', failure: { code: 'service_error', status: 503 } };
      if (this.#suspended.has(username)) return { kind: 'refused', failure: { code: 'suspended' } };
      const family: Family = { current: null };
      this.#families.set(username, family);
      this.orphaned.delete(username);
      return this.#issue(family);
    });
  }

  refresh(_service: string, token: RefreshToken): Promise<ServiceReply> {
    const text = token.reveal();
    const username = text.slice(0, text.indexOf('#'));
    const family = this.#owners.get(text);
    return this.#request(username, 'refresh', () => {
      if (this.#suspended.has(username)) return { kind: 'refused', failure: { code: 'suspended' } };
      if (family?.current !== text) {
        if (family) family.current = null;
        return { kind: 'refused', failure: { code: 'expired' } };
      }
      return this.#issue(family);
    });
  }

  /** The account is free again. */
  lift(): void {
    this.#suspended.clear();
  }

  /**
   * The program that sent them is dead: what is open is nobody's any more. `stored`: the refresh token that the next
   * program will find.
   */
  programDied(stored: (username: string) => string | null): void {
    this.#deaths += 1;
    for (const [username, open] of this.open) if (open > 0) this.orphaned.add(username);
    this.open.clear();
    for (const [username, { current }] of this.#families) {
      if (current !== stored(username)) this.orphaned.add(username);
    }
  }

  #issue(family: Family): ServiceReply {
    const [username = ''] = [...this.#families].find(([, known]) => known === family) ?? [];
    this.#made += 1;
    const refresh = `${username}#refresh-${this.#made}`;
    family.current = refresh;
    this.#owners.set(refresh, family);
    return {
      kind: 'issued',
      tokens: {
        accessToken: new Secret(`${username}#access-${this.#made}`),
        refreshToken: new Secret(refresh),
        lifetimeMs: this.lifetimeMs,
      },
    };
  }

  async #request(username: string, kind: Posted['kind'], commit: () => ServiceReply): Promise<ServiceReply> {
    const fate = this.fates.shift() ?? 'answered';
    const lost: ServiceReply = { kind: 'lost', failure: { code: 'service_error', status: 503 } };
    this.posted({ username, kind, fate, countable: fate !== 'unsent' });
    const open = (this.open.get(username) ?? 0) + 1;
    this.open.set(username, open);
    this.peak = Math.max(this.peak, open);
    const reply = await this.#outcome(username, fate, commit, lost);
    this.open.set(username, Math.max((this.open.get(username) ?? 1) - 1, 0));
    this.arrived(reply);
    return reply;
  }

  async #outcome(
    username: string,
    fate: Fate,
    commit: () => ServiceReply,
    lost: ServiceReply,
  ): Promise<ServiceReply> {
    switch (fate) {
      case 'answered':
        return commit();
      case 'late':
        await this.#late(12_000);
        return commit();
      case 'lost':
        if (commit().kind === 'issued') this.orphaned.add(username);
        return lost;
      case 'silent':
        if (commit().kind === 'issued') this.orphaned.add(username);
        await this.#late(15_000);
        return lost;
      case 'broken':
        return lost;
      case 'unsent':
        return { kind: 'unsent', failure: { code: 'offline', host: 'auth.example.com', reason: 'name' } };
      case 'too many':
        return { kind: 'too_many', retryAfterMs: 600_000 };
      case 'refused': {
        const family = this.#families.get(username);
        if (family) family.current = null;
        this.orphaned.add(username);
        return { kind: 'refused', failure: { code: 'expired' } };
      }
      case 'suspended':
        this.#suspended.add(username);
        return { kind: 'refused', failure: { code: 'suspended' } };
    }
  }
}
