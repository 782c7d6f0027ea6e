import type { UnwritableReason } from '../../electron/contract/failures.ts';
import { failed, succeeded, type Result } from '../../electron/contract/result.ts';
import type { KeyStoreName } from '../../electron/contract/session-states.ts';
import type {
  Ledger,
  LedgerEntry,
  LedgerHistory,
  LedgerIntent,
  LedgerOutcome,
  RequestSum,
  SignOutLine,
} from '../../electron/core/ledger.ts';
import type {
  Log,
  SessionRecord,
  Settings,
  SettingValues,
  StoredAccount,
  Tool,
  ToolStore,
  Vault,
  VaultFailure,
  VaultRecord,
} from '../../electron/core/ports.ts';

/** A vault that survives the program, as a disk does: hand the same one to the next start. */
export class InMemoryVault implements Vault {
  readonly keyStore: KeyStoreName;
  readonly records = new Map<string, VaultRecord>();
  /** The accounts that vaults of other protections hold in the same home. */
  readonly elsewhere = new Set<string>();
  /** While set, reading or writing fails so. */
  readFailure: VaultFailure | null = null;
  writeFailure: VaultFailure | null = null;
  writes = 0;
  /** Waited for before each reading: a key store may ask a person first. */
  beforeRead: () => void | Promise<void> = () => undefined;
  /** Called before each write takes hold: a test may die here. */
  beforeWrite: () => void | Promise<void> = () => undefined;

  constructor(keyStore: KeyStoreName = 'keyring') {
    this.keyStore = keyStore;
  }

  async read(): Promise<Result<readonly VaultRecord[], VaultFailure>> {
    await this.beforeRead();
    return this.readFailure ? failed(this.readFailure) : succeeded([...this.records.values()]);
  }

  async stored(): Promise<readonly StoredAccount[]> {
    return [...this.records.values()].map(({ record, generation }) => ({
      service: record.service,
      username: record.username,
      account: record.account,
      form: record.form,
      generation,
    }));
  }

  async write(record: SessionRecord, expectedGeneration: number): Promise<Result<number, VaultFailure>> {
    await this.beforeWrite();
    if (this.writeFailure) return failed(this.writeFailure);
    const stored = this.records.get(record.account)?.generation ?? 0;
    if (stored > expectedGeneration) return failed({ code: 'vault_unwritable', reason: 'changed_meanwhile' });
    this.writes += 1;
    this.records.set(record.account, { record, generation: expectedGeneration + 1, unreadable: false });
    return succeeded(expectedGeneration + 1);
  }

  async check(): Promise<Result<null, VaultFailure>> {
    return this.writeFailure ? failed(this.writeFailure) : succeeded(null);
  }

  async remove(account: string): Promise<Result<boolean, VaultFailure>> {
    if (this.writeFailure) return failed(this.writeFailure);
    const wasHere = this.records.delete(account);
    return succeeded(this.elsewhere.delete(account) || wasHere);
  }
}

/** A ledger that survives the program. */
export class InMemoryLedger implements Ledger {
  readonly #intents: LedgerIntent[] = [];
  readonly #outcomes = new Map<string, { readonly at: number; readonly result: LedgerOutcome }>();
  writable = true;
  readable = true;
  /** Called before each line takes hold: a test may die here. */
  beforeAppend: () => void | Promise<void> = () => undefined;

  readonly signOuts: SignOutLine[] = [];
  readonly requests: RequestSum[] = [];

  async read(): Promise<LedgerHistory | null> {
    const { entries, signOuts, requests } = this;
    return this.readable ? { entries, signOuts: [...signOuts], requests: [...requests] } : null;
  }

  get entries(): LedgerEntry[] {
    return this.#intents.map((intent) => ({ intent, outcome: this.#outcomes.get(intent.id) ?? null }));
  }

  async appendIntent(intent: LedgerIntent): Promise<boolean> {
    await this.beforeAppend();
    if (this.writable) this.#intents.push(intent);
    return this.writable;
  }

  async appendOutcome(id: string, at: number, result: LedgerOutcome): Promise<boolean> {
    await this.beforeAppend();
    if (this.writable) this.#outcomes.set(id, { at, result });
    return this.writable;
  }

  async appendSignOut(line: SignOutLine): Promise<boolean> {
    if (this.writable) this.signOuts.push(line);
    return this.writable;
  }

  async appendRequests(sums: readonly RequestSum[]): Promise<boolean> {
    if (this.writable) this.requests.push(...sums);
    return this.writable;
  }
}

/** A list of tools that survives the program. */
export class InMemoryTools implements ToolStore {
  tools: readonly Tool[] = [];
  readFailure: UnwritableReason | null = null;
  writeFailure: UnwritableReason | null = null;
  /** Called while a write is under way: a test may look, or ask, in between. */
  beforeWrite: () => void = () => undefined;

  async read(): Promise<Result<readonly Tool[], UnwritableReason>> {
    return this.readFailure ? failed(this.readFailure) : succeeded(this.tools);
  }

  async write(tools: readonly Tool[]): Promise<Result<null, UnwritableReason>> {
    this.beforeWrite();
    if (this.writeFailure) return failed(this.writeFailure);
    this.tools = tools;
    return succeeded(null);
  }
}

export class InMemorySettings implements Settings {
  readonly #values: SettingValues;
  writable = true;

  constructor(values: Partial<SettingValues> = {}) {
    this.#values = {
      port: null,
      alwaysFresh: false,
      programsOfThisUser: true,
      defaultAccount: null,
      pausedUntil: null,
      furtherHosts: {},
      notifications: true,
      language: 'system',
      appearance: 'system',
      clipboardSeconds: 60,
      pauseOnScreenLock: false,
      lookForNewVersions: true,
      newVersionLookedAt: null,
      newVersionFound: null,
      startAtLoginAsked: false,
      trayHintSeen: false,
      unprotectedStorage: 'ask',
      ...values,
    };
  }

  get<Name extends keyof SettingValues>(name: Name): SettingValues[Name] {
    return this.#values[name];
  }

  set<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): Promise<boolean> {
    Object.assign(this.#values, { [name]: value });
    return Promise.resolve(this.writable);
  }
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined };
