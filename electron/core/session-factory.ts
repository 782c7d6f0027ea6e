import { isLoopbackService } from '../contract/service-host.ts';
import { endOfWait, type Clock, type Random } from './clock.ts';
import { IssuanceBudget } from './issuance-budget.ts';
import { Issuer } from './issuer.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { AccountIdentity, AuthService, Log, Settings, Vault, VaultRecord } from './ports.ts';
import { restoredState } from './restored-state.ts';
import { Session } from './session.ts';
import { grantIn } from './session-state.ts';
import { SessionStore } from './session-store.ts';
import { SignInBackoff } from './sign-in-backoff.ts';
import type { SessionReport } from './token-reply.ts';
import { WakeWatch } from './wake-watch.ts';

export interface SessionFactoryParts {
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly service: AuthService;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  readonly log: Log;
}

/** What limits the requests of one account, whatever becomes of its session. */
interface Limits {
  readonly budget: IssuanceBudget;
  readonly backoff: SignInBackoff;
}

/** Makes sessions, each with its own budget, out of the parts that all share and of what the ledger remembers. */
export class SessionFactory {
  readonly wake: WakeWatch;
  readonly #parts: SessionFactoryParts;
  readonly #limits = new Map<string, Limits>();
  readonly #history: readonly LedgerEntry[] | null;

  /** `history`: the ledger's entries, oldest first; null: it cannot be read. */
  constructor(parts: SessionFactoryParts, history: readonly LedgerEntry[] | null) {
    this.#parts = parts;
    this.#history = history;
    this.wake = new WakeWatch(parts.clock);
  }

  /** A session that is signed out until it is restored or signed in. `changed`: after each change of state. */
  make(identity: AccountIdentity, account: string, changed: () => void): Session {
    const { vault, ledger, service, settings, clock, random, newId, log } = this.#parts;
    const { budget, backoff } = this.#limitsOf(identity);
    const store = new SessionStore(vault, identity, account, 0);
    const keyStore = () => vault.keyStore;
    const session = new Session({
      account,
      identity,
      service,
      ledger,
      store,
      issuer: new Issuer({ identity, account, keyStore, ledger, budget, backoff, clock, newId }),
      budget,
      backoff,
      wake: this.wake,
      clock,
      random,
      alwaysFresh: () => settings.get('alwaysFresh'),
      changed: (state) => {
        log.info('session_state', { account, state: state.name });
        changed();
      },
    });
    if (this.#isSuspended(identity)) session.become({ name: 'suspended', grant: null });
    return session;
  }

  /** Brings a session to where its stored record and the ledger say that it is. */
  restore(session: Session, stored: VaultRecord): void {
    const { vault, clock } = this.#parts;
    const mine = this.#entriesOf(session.identity).filter(
      ({ intent }) => intent.protection === vault.keyStore,
    );
    const state = restoredState(stored, mine, clock);
    // The account is suspended, whichever protection's session learned of it.
    session.restore(
      stored,
      this.#isSuspended(session.identity) ? { name: 'suspended', grant: grantIn(state) } : state,
    );
  }

  /** What an account of this name has spent, by the ledger alone: for one that has no session. */
  budgetReport(account: string | null): Pick<SessionReport, 'budget' | 'rateLimitedUntil'> {
    const last = (this.#history ?? []).findLast(({ intent }) => intent.account === account);
    const { clock } = this.#parts;
    const budget = last ? this.#limitsOf(last.intent).budget : new IssuanceBudget(clock, false);
    const { used, limit, waitMs } = budget.report(null);
    return {
      budget: { used, limit, nextAt: endOfWait(waitMs, clock) },
      rateLimitedUntil: endOfWait(budget.blockedMs(), clock),
    };
  }

  /** The same for each session of a user of a service. */
  #limitsOf(identity: AccountIdentity): Limits {
    const key = `${identity.service} ${identity.username}`;
    const known = this.#limits.get(key);
    if (known) return known;
    const { clock } = this.#parts;
    // A service on this computer is one for tests: its word on lifetimes may be taken.
    const budget = new IssuanceBudget(clock, isLoopbackService(identity.service));
    const backoff = new SignInBackoff(clock);
    const entries = this.#entriesOf(identity);
    budget.recall(entries);
    backoff.recall(entries);
    if (this.#history === null) budget.distrustHistory();
    const limits = { budget, backoff };
    this.#limits.set(key, limits);
    return limits;
  }

  /** What the ledger last knew for sure of the account, as it was read at the start. */
  #isSuspended(identity: AccountIdentity): boolean {
    const last = this.#entriesOf(identity).findLast(({ outcome }) => {
      const result = outcome?.result;
      return result?.kind === 'issued' || (result?.kind === 'refused' && result.reason === 'suspended');
    });
    return last?.outcome?.result.kind === 'refused';
  }

  #entriesOf({ service, username }: AccountIdentity): readonly LedgerEntry[] {
    return (this.#history ?? []).filter(
      ({ intent }) => intent.service === service && intent.username === username,
    );
  }
}
