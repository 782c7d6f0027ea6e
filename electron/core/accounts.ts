import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import { accountReport } from './account-report.ts';
import type { AccountIdentity, Settings, Vault, VaultFailure } from './ports.ts';
import { minute, second } from './renewal-timing.ts';
import { RefreshTimer } from './refresh-timer.ts';
import type { AccessToken, Password } from './secret.ts';
import type { Session } from './session.ts';
import type { SessionFactory } from './session-factory.ts';
import { works, type SignInBy } from './sign-in.ts';
import type { SessionReport, TokenReply } from './token-reply.ts';
import { Elapsed, type Clock } from './clock.ts';

export interface AccountsParts {
  readonly vault: Vault;
  readonly settings: Settings;
  readonly sessions: SessionFactory;
  readonly clock: Clock;
  /** The service that a sign-in goes to when it names none. */
  readonly defaultService: string;
  readonly parseService: (address: string) => Result<string, Failure>;
}

export interface SignInRequest {
  readonly service: string | null;
  readonly username: string;
  readonly password: Password;
  readonly form: LoginForm | null;
}

export interface SignInDone {
  readonly account: string;
  readonly state: SessionStateName;
  readonly already: boolean;
}

const unknown: TokenReply = { kind: 'unknown_account' };
const signedOut: TokenReply = { kind: 'refused', refusal: { code: 'signed_out' } };

/** All accounts of a home: which there are, which one is meant, and the timer they share. */
export class Accounts {
  readonly #parts: AccountsParts;
  readonly #sessions = new Map<string, Session>();
  readonly #timer: RefreshTimer;
  #locked: { readonly since: Elapsed; readonly forMs: number } | null = null;

  constructor(parts: AccountsParts) {
    this.#parts = parts;
    this.#timer = new RefreshTimer(parts.clock, parts.sessions.wake, {
      dueInMs: () =>
        Math.min(this.#unlockDueInMs(), ...[...this.#sessions.values()].map((one) => one.dueInMs())),
      tick: () => this.#tick(),
    });
  }

  /**
   * Takes up what is stored, and starts the timer. A failure leaves the accounts usable: `vault_locked` is tried
   * again by itself, `vault_unwritable` stands until the file is mended.
   */
  async open(): Promise<Result<null, VaultFailure>> {
    const opened = await this.#load();
    this.#timer.start();
    return opened;
  }

  /** Stops the timer, waits for a request to the service that is under way, and tries to save what is not saved. */
  async close(): Promise<void> {
    this.#timer.stop();
    const sessions = [...this.#sessions.values()];
    await Promise.all(sessions.map((session) => session.settled()));
    await Promise.all(sessions.map((session) => session.saveAgain()));
  }

  /** What to hand to whoever asks for a token; see `Session.token`. */
  token(ask: {
    account: string | null;
    minTtlSeconds: number;
    tool: string | null;
  }): TokenReply | Promise<TokenReply> {
    const found = this.#find(ask.account);
    if (!found) return unknown;
    return found.session?.token(ask.minTtlSeconds * second, ask.tool) ?? signedOut;
  }

  /** The API refused a token. One that is another account's current one is a mistake of whoever reports it. */
  async reportRejected(report: {
    account: string | null;
    rejected: AccessToken;
    tool: string | null;
  }): Promise<TokenReply | { kind: 'bad_request' }> {
    const found = this.#find(report.account);
    if (!found) return unknown;
    const others = [...this.#sessions.values()].filter((session) => session !== found.session);
    if (others.some((session) => session.holds(report.rejected))) return { kind: 'bad_request' };
    return found.session?.reportRejected(report.rejected, report.tool) ?? signedOut;
  }

  /** Where an account stands; null: there is no such account. */
  report(account: string | null): SessionReport | null {
    const found = this.#find(account);
    if (!found) return null;
    const { keyStore } = this.#parts.vault;
    return accountReport(found.account, found.session, this.#listed(), this.#defaultAccount(), keyStore);
  }

  /**
   * How the sessions of a service (null: any) and a user name (null: any) stand: `none` there are, one `works` or
   * will once its key store opens, or they are `stored` and a person has to sign in.
   */
  standing(service: string | null, username: string | null): 'none' | 'works' | 'stored' {
    const meant = this.#listed().filter(
      ({ identity }) =>
        (service === null || identity.service === service) &&
        (username === null || identity.username === username),
    );
    if (meant.length === 0) return 'none';
    return meant.some(({ state }) => works(state) || state.name === 'locked') ? 'works' : 'stored';
  }

  async signIn(request: SignInRequest, by: SignInBy = 'person'): Promise<Result<SignInDone, Failure>> {
    const identity = this.#identityOf(request);
    if (!identity.ok) return identity;
    const session = this.#sessionOf(identity.value);
    const form = request.form ?? session.form;
    const { username } = identity.value;
    const result = await session.signIn({ username, password: request.password, form }, by);
    const { account } = session;
    const { settings } = this.#parts;
    if (!result.ok) return result;
    if (settings.get('defaultAccount') === null) settings.set('defaultAccount', account);
    return succeeded({ account, state: session.state.name, already: result.value.already });
  }

  /** Forgets an account's session on this computer. The default account stays the default. */
  async signOut(account: string | null): Promise<Result<{ account: string }, Failure>> {
    const found = this.#find(account);
    if (!found?.account) return failed({ code: 'unknown_account', account: account ?? '' });
    const removed = found.session ? await found.session.signOut() : succeeded(null);
    return removed.ok ? succeeded({ account: found.account }) : removed;
  }

  async #load(): Promise<Result<null, VaultFailure>> {
    const read = await this.#parts.vault.read();
    if (read.ok) {
      this.#locked = null;
      for (const stored of read.value) {
        const known = this.#known(stored.record);
        // A session that has gone on without the vault (signed out, or an answer of its own) is the newer one.
        if (known && !(known.state.name === 'locked' && known.grant() === null)) continue;
        const session = known ?? this.#sessionOf(stored.record, stored.record.account);
        this.#parts.sessions.restore(session, stored);
      }
      return succeeded(null);
    }
    if (read.failure.code === 'vault_locked') {
      for (const stored of await this.#parts.vault.stored()) {
        const session = this.#sessionOf(stored, stored.account);
        session.remember({ name: 'locked', grant: null, failure: read.failure });
      }
      const forMs = Math.min((this.#locked?.forMs ?? 2.5 * second) * 2, minute);
      this.#locked = { since: Elapsed.fromNow(this.#parts.clock), forMs };
    }
    return failed(read.failure);
  }

  #tick(): void {
    if (this.#unlockDueInMs() <= 0) void this.#load().then(() => this.#timer.replan());
    for (const session of this.#sessions.values()) void session.tick();
  }

  #unlockDueInMs(): number {
    return this.#locked ? Math.max(this.#locked.forMs - this.#locked.since.ms(), 0) : Infinity;
  }

  #defaultAccount(): string | null {
    return this.#parts.settings.get('defaultAccount') ?? this.#listed()[0]?.account ?? null;
  }

  /**
   * The accounts that there are for people and tools. A signed-out one is none, but it is kept inside: its budget
   * and a request that may still be under way outlive it.
   */
  #listed(): Session[] {
    return [...this.#sessions.values()].filter(({ state }) => state.name !== 'signed_out');
  }

  /** The account that is meant: the one named, else the default one. Null: none of that name. */
  #find(account: string | null): { account: string | null; session: Session | null } | null {
    const wanted = account ?? this.#defaultAccount();
    if (wanted === null) return { account: null, session: null };
    const session = this.#sessions.get(wanted) ?? null;
    const listed = session !== null && session.state.name !== 'signed_out';
    return listed || wanted === this.#defaultAccount() ? { account: wanted, session } : null;
  }

  #identityOf({ service, username }: SignInRequest): Result<AccountIdentity, Failure> {
    const known = service === null ? this.#sessions.get(username) : undefined;
    if (known) return succeeded(known.identity);
    const parsed = this.#parts.parseService(service ?? this.#parts.defaultService);
    return parsed.ok ? succeeded({ service: parsed.value, username }) : parsed;
  }

  #known({ service, username }: AccountIdentity): Session | undefined {
    return [...this.#sessions.values()].find(
      ({ identity }) => identity.service === service && identity.username === username,
    );
  }

  #sessionOf(identity: AccountIdentity, storedId?: string): Session {
    const known = this.#known(identity);
    if (known) return known;
    const account = storedId ?? this.#newId(identity);
    const session = this.#parts.sessions.make(identity, account, () => this.#timer.replan());
    this.#sessions.set(account, session);
    return session;
  }

  /** The first account of a user name has that name; a later one of another service adds its host. */
  #newId({ service, username }: AccountIdentity): string {
    return this.#sessions.has(username) ? `${username}|${service.replace(/^https?:\/\//, '')}` : username;
  }
}
