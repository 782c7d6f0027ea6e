import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import { AccountDirectory } from './account-directory.ts';
import { accountReport } from './account-report.ts';
import type { Clock } from './clock.ts';
import type { Pause } from './pause.ts';
import { outlook, type Outlook } from './outlook.ts';
import { PersonRequests } from './person-requests.ts';
import type { AccountIdentity, Settings, Vault, VaultFailure } from './ports.ts';
import { RefreshTimer } from './refresh-timer.ts';
import { signOutFrom } from './removal.ts';
import type { Password } from './secret.ts';
import type { Session } from './session.ts';
import type { SessionFactory } from './session-factory.ts';
import { works, type SignInBy } from './sign-in.ts';
import type { SessionReport, TokenReply } from './token-reply.ts';
import { StoredSessions } from './stored-sessions.ts';
import { TokenRequests, type RejectedReport, type TokenAsk } from './token-requests.ts';
import type { ToolUsage } from './tool-usage.ts';

export interface AccountsParts {
  readonly vault: Vault;
  readonly settings: Settings;
  readonly sessions: SessionFactory;
  readonly pause: Pause;
  readonly usage: ToolUsage;
  readonly clock: Clock;
  /** The service that a sign-in goes to when it names none. */
  readonly defaultService: string;
  readonly parseService: (address: string) => Result<string, Failure>;
  /** Called after each change of what `report` tells, but for the passing of time. */
  readonly changed: () => void;
  /** Called at each sign-out, however it was asked for, once the account's token can be had no more. Never rejects. */
  readonly signedOut: (account: string) => Promise<void>;
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

/** All accounts of a home: which there are, which one is meant, and the timer they share. */
export class Accounts {
  readonly #parts: AccountsParts;
  readonly #directory: AccountDirectory;
  readonly #stored: StoredSessions;
  readonly #requests: TokenRequests;
  readonly #timer: RefreshTimer;
  readonly person: PersonRequests;

  constructor(parts: AccountsParts) {
    const { vault, settings, sessions, clock } = parts;
    this.#parts = parts;
    this.#directory = new AccountDirectory(settings, (identity, account) =>
      sessions.make(identity, account, () => this.#changed()),
    );
    this.#stored = new StoredSessions(vault, this.#directory, sessions, clock);
    this.person = new PersonRequests(this.#directory, this.#stored);
    this.#requests = new TokenRequests(this.#directory, parts.usage, parts.pause);
    this.#timer = new RefreshTimer(clock, sessions.wake, {
      dueInMs: () => Math.min(this.#stored.dueInMs(), ...this.#directory.all().map((one) => one.dueInMs())),
      tick: () => this.#tick(),
    });
  }

  /**
   * Takes up what is stored, and starts the timer. A failure leaves the accounts usable: `vault_locked` is tried
   * again by itself, and so is a file that cannot be read until it is mended.
   */
  async open(): Promise<Result<null, VaultFailure>> {
    const opened = await this.#stored.load();
    this.#timer.start();
    return opened;
  }

  /** Another vault has taken the place of the one before: keeps every session there, and takes up what it holds. */
  async keepInNewVault(): Promise<void> {
    await Promise.all(this.#directory.all().map((session) => session.keepInNewVault()));
    await this.#stored.load();
    this.#changed();
  }

  /**
   * Stops the timer, starts nothing new at the service, waits for a request that is under way, and tries to save
   * what is not saved.
   */
  async close(): Promise<void> {
    this.#timer.stop();
    const sessions = this.#directory.all();
    for (const session of sessions) session.close();
    // Before the wait, which may be cut short by the program's end.
    await this.#parts.usage.write({ all: true });
    await Promise.all(sessions.map((session) => session.settled()));
    await Promise.all(sessions.map((session) => session.saveAgain()));
    await this.#parts.usage.write({ all: true });
  }

  /** See `TokenRequests.token`. */
  token(ask: TokenAsk): TokenReply | Promise<TokenReply> {
    return this.#requests.token(ask);
  }

  /** See `TokenRequests.reportRejected`. */
  reportRejected(report: RejectedReport): Promise<TokenReply | { readonly kind: 'bad_request' }> {
    return this.#requests.reportRejected(report);
  }

  /** Where an account stands; null: there is no such account. */
  report(account: string | null): SessionReport | null {
    const found = this.#directory.find(account);
    if (!found) return null;
    return accountReport({
      ...found,
      all: this.#directory.listed(),
      defaultAccount: this.#directory.defaultAccount(),
      spent: this.#parts.sessions.budgetReport(found.account),
      keyStore: this.#parts.vault.keyStore,
      pausedUntil: this.#parts.pause.until(),
    });
  }

  /** The base URLs of the services that the accounts use; where there is no account, the one that a sign-in goes to. */
  services(): readonly string[] {
    const used = new Set(this.#directory.listed().map(({ identity }) => identity.service));
    return used.size > 0 ? [...used] : [this.#parts.defaultService];
  }

  /** What a tool would get now, of each account. */
  outlook(): Outlook {
    return outlook({ directory: this.#directory, pause: this.#parts.pause });
  }

  /** Whether there is an account of this name: the default one counts though it is signed out. */
  has(account: string): boolean {
    return this.#directory.find(account) !== null;
  }

  /** Makes an account the one that is meant where none is named. Only a person's word does that. */
  async setDefault(account: string): Promise<Result<null, Failure>> {
    if (!this.has(account)) return failed({ code: 'unknown_account', account });
    const saved = this.#parts.settings.set('defaultAccount', account);
    this.#parts.changed();
    return (await saved) ? succeeded(null) : failed({ code: 'choice_not_saved' });
  }

  /**
   * How the sessions of a service (null: any) and a user name or account id (null: any) stand: `none` there are, one `works` or
   * may by itself, or they are `stored` and a person has to sign in.
   */
  standing(service: string | null, username: string | null): 'none' | 'works' | 'stored' {
    const meant = this.#directory
      .listed()
      .filter(
        ({ identity, account }) =>
          (service === null || identity.service === service) &&
          (username === null || identity.username === username || account === username),
      );
    if (meant.length === 0) return 'none';
    // One that is uncertain has its one more try to go; one that is locked, its key store.
    const goesOn = ({ state }: Session) =>
      works(state) || state.name === 'uncertain' || state.name === 'locked';
    return meant.some(goesOn) ? 'works' : 'stored';
  }

  async signIn(request: SignInRequest, by: SignInBy): Promise<Result<SignInDone, Failure>> {
    const identity = this.#identityOf(request);
    if (!identity.ok) return identity;
    const session = this.#directory.ofOrNew(identity.value);
    // A sign-in is a person's command: the key store may ask them again, though they said no before.
    if (this.#directory.listed().some(({ state }) => state.name === 'locked')) await this.person.tryAgain();
    const form = request.form ?? session.form;
    const { username } = identity.value;
    const result = await session.signIn({ username, password: request.password, form }, by);
    const { account } = session;
    const { settings } = this.#parts;
    if (!result.ok) return result;
    if (settings.get('defaultAccount') === null) await settings.set('defaultAccount', account);
    return succeeded({ account, state: session.state.name, already: result.value.already });
  }

  /** Forgets an account's session on this computer, and waits for `signedOut`. The default account stays the default. */
  signOut(account: string | null): Promise<Result<{ readonly account: string }, Failure>> {
    const { vault, signedOut } = this.#parts;
    return signOutFrom({ directory: this.#directory, vault, signedOut }, account);
  }

  #changed(): void {
    this.#timer.replan();
    this.#parts.changed();
  }

  #tick(): void {
    void this.#parts.usage.write();
    if (this.#stored.dueInMs() <= 0) void this.#stored.load().then(() => this.#timer.replan());
    for (const session of this.#directory.all()) void session.tick();
  }

  #identityOf({ service, username }: SignInRequest): Result<AccountIdentity, Failure> {
    // An account that there is may be named by its id alone; a failed attempt leaves no trace of its service.
    const known = this.#directory.listed().find(({ account }) => service === null && account === username);
    if (known) return succeeded(known.identity);
    const parsed = this.#parts.parseService(service ?? this.#parts.defaultService);
    return parsed.ok ? succeeded({ service: parsed.value, username }) : parsed;
  }
}
