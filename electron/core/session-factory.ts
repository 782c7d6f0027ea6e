import type { Clock, Random } from './clock.ts';
import { IssuanceBudget } from './issuance-budget.ts';
import { Issuer } from './issuer.ts';
import type {
  AccountIdentity,
  AuthService,
  Ledger,
  LedgerEntry,
  Log,
  Settings,
  Vault,
  VaultRecord,
} from './ports.ts';
import { restoredState } from './restored-state.ts';
import { Session } from './session.ts';
import { SessionStore } from './session-store.ts';
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

/** Makes sessions, each with its own budget, out of the parts that all share and of what the ledger remembers. */
export class SessionFactory {
  readonly wake: WakeWatch;
  readonly #parts: SessionFactoryParts;
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
    const remembered = this.#entriesOf(identity);
    const budget = new IssuanceBudget(clock, isLoopback(identity.service));
    budget.recall(remembered);
    budget.relyOnLedger(this.#history !== null);
    const store = new SessionStore(vault, identity, account, 0);
    const keyStore = vault.keyStore;
    const session = new Session({
      account,
      identity,
      service,
      ledger,
      store,
      issuer: new Issuer({ identity, account, keyStore, ledger, budget, clock, newId }),
      budget,
      wake: this.wake,
      clock,
      random,
      alwaysFresh: () => settings.get('alwaysFresh'),
      changed: (state) => {
        log.info('session_state', { account, state: state.name });
        changed();
      },
    });
    const last = remembered.at(-1)?.outcome?.result;
    if (last?.kind === 'refused' && last.reason === 'suspended')
      session.remember({ name: 'suspended', grant: null });
    return session;
  }

  /** Brings a session to where its stored record and the ledger say that it is. */
  restore(session: Session, stored: VaultRecord): void {
    const mine = this.#entriesOf(session.identity).filter(
      ({ intent }) => intent.protection === this.#parts.vault.keyStore,
    );
    const at = stored.record.tokens?.arrivedAt;
    if (this.#history === null && at !== undefined) session.countToken('stored', at);
    session.restore(stored, restoredState(stored, mine, this.#parts.clock));
  }

  #entriesOf({ service, username }: AccountIdentity): readonly LedgerEntry[] {
    return (this.#history ?? []).filter(
      ({ intent }) => intent.service === service && intent.username === username,
    );
  }
}

/** Whether a service is on this computer: a test service, whose word on lifetimes may be taken. */
function isLoopback(service: string): boolean {
  return /^https?:\/\/(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(\/|$)/.test(service);
}
