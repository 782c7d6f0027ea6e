import type { AccountIdentity, Settings } from './ports.ts';
import type { Session } from './session.ts';

/** The account that is meant; `session` null: it is known by name alone, signed out. */
export interface FoundAccount {
  readonly account: string | null;
  readonly session: Session | null;
}

/** Which accounts a home has, under which ids, and which one is meant where none is named. */
export class AccountDirectory {
  readonly #sessions = new Map<string, Session>();
  readonly #settings: Settings;
  readonly #make: (identity: AccountIdentity, account: string) => Session;

  /** `make`: a session that is signed out until it is restored or signed in. */
  constructor(settings: Settings, make: (identity: AccountIdentity, account: string) => Session) {
    this.#settings = settings;
    this.#make = make;
  }

  /** All sessions: those too that are signed out, whose request may still be under way. */
  all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** The accounts that there are for people and tools: a signed-out one is none. */
  listed(): readonly Session[] {
    return this.all().filter(({ state }) => state.name !== 'signed_out');
  }

  /** The first signed in, or what a person chose instead. It stays the default when it is signed out. */
  defaultAccount(): string | null {
    return this.#settings.get('defaultAccount') ?? this.listed()[0]?.account ?? null;
  }

  /** Keeps the default account where none is kept: the settings may have been lost, and the next sign-in is not the first. */
  keepDefault(): void {
    const account = this.defaultAccount();
    if (account !== null && this.#settings.get('defaultAccount') === null) {
      void this.#settings.set('defaultAccount', account);
    }
  }

  /** The account named, else the default one. Null: none of that name. */
  find(account: string | null): FoundAccount | null {
    const wanted = account ?? this.defaultAccount();
    if (wanted === null) return { account: null, session: null };
    const session = this.#sessions.get(wanted) ?? null;
    const listed = session !== null && session.state.name !== 'signed_out';
    return listed || wanted === this.defaultAccount() ? { account: wanted, session } : null;
  }

  /** The session of a user of a service; undefined: there is none yet. */
  of({ service, username }: AccountIdentity): Session | undefined {
    return this.all().find(({ identity }) => identity.service === service && identity.username === username);
  }

  /** The same, made where there is none. `storedId`: the id that it is stored under. */
  ofOrNew(identity: AccountIdentity, storedId?: string): Session {
    const known = this.of(identity);
    if (known) return known;
    const account = storedId ?? this.#newId(identity);
    const session = this.#make(identity, account);
    this.#sessions.set(account, session);
    return session;
  }

  /** The first account of a user name has that name; a later one of another service adds where it is. */
  #newId({ service, username }: AccountIdentity): string {
    const ids = [username, `${username}|${service.replace(/^https?:\/\//, '')}`];
    return ids.find((id) => this.#isFree(id)) ?? `${username}|${service}`;
  }

  /** A mistyped sign-in keeps no name: only accounts that there are do, the default one, and requests under way. */
  #isFree(id: string): boolean {
    const holder = this.#sessions.get(id);
    return !holder || (id !== this.#settings.get('defaultAccount') && holder.isForgotten());
  }
}
