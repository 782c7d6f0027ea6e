import { parseServiceAddress } from '../../electron/adapters/service-address.ts';
import { SwitchableVault } from '../../electron/adapters/switchable-vault.ts';
import type { LoginForm } from '../../electron/contract/wire.ts';
import type { Accounts, SignInRequest } from '../../electron/core/accounts.ts';
import { assembleCore, type Core } from '../../electron/core/assembly.ts';
import type { SignInBy } from '../../electron/core/sign-in.ts';
import type { Session } from '../../electron/core/session.ts';
import { Secret, type AccessToken } from '../../electron/core/secret.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { FakeClock, settle } from './fake-clock.ts';
import {
  InMemoryLedger,
  InMemorySettings,
  InMemoryTools,
  InMemoryVault,
  silentLog,
} from './in-memory-home.ts';
import { ScriptedAuthService } from './scripted-auth-service.ts';

export const anna = 'anna@warehouse.example';
export const minute = 60_000;
export const hour = 60 * minute;

/** The program's core on a fake clock, with a home that outlives it: `restart` is another start on the same home. */
export class Program {
  readonly clock = new FakeClock();
  readonly vault = new InMemoryVault();
  /** What the program writes to: another vault can take the place of `vault`. */
  readonly vaultInUse = new SwitchableVault(this.vault);
  readonly ledger = new InMemoryLedger();
  readonly service = new ScriptedAuthService();
  readonly settings: InMemorySettings;
  readonly toolStore = new InMemoryTools();
  #core: Core | null = null;
  #lineId = 0;
  #made: Session[] = [];
  random = 0.5;
  /** The accounts that were signed out, in order. */
  readonly signedOut: string[] = [];
  /** What a sign-out waits for, such as a clipboard that is cleared. */
  afterSignOut: () => Promise<void> = () => Promise.resolve();
  readonly serviceUrl: string;

  constructor({ alwaysFresh = false, serviceUrl = 'https://auth.example.com' } = {}) {
    this.settings = new InMemorySettings({ alwaysFresh });
    this.serviceUrl = serviceUrl;
  }

  static async started(options?: { alwaysFresh?: boolean; serviceUrl?: string }): Promise<Program> {
    const program = new Program(options);
    await program.start();
    return program;
  }

  /** Started, and signed in as Anna. */
  static async signedIn(options?: { alwaysFresh?: boolean; serviceUrl?: string }): Promise<Program> {
    const program = await Program.started(options);
    await program.signIn();
    return program;
  }

  async start(): Promise<void> {
    const { vaultInUse: vault, ledger, service, settings, clock } = this;
    const history = await ledger.read();
    const core = assembleCore({
      vault,
      ledger,
      service,
      settings,
      clock,
      toolStore: this.toolStore,
      history,
      random: () => this.random,
      newId: () => `line-${(this.#lineId += 1)}`,
      log: silentLog,
      defaultService: this.serviceUrl,
      parseService: parseServiceAddress,
      changed: () => undefined,
      signedOut: (account) => {
        this.signedOut.push(account);
        return this.afterSignOut();
      },
    });
    this.#core = core;
    const made = (this.#made = [] as Session[]);
    const make = core.sessions.make.bind(core.sessions);
    core.sessions.make = (...args) => {
      const session = make(...args);
      made.push(session);
      return session;
    };
    await core.tools.open();
    await core.accounts.open();
  }

  /** The process dies (what was under way is never heard of again) and starts anew. */
  async restart(): Promise<void> {
    // Whatever is under way is not waited for.
    void this.#core?.accounts.close();
    await this.start();
  }

  get core(): Core {
    if (!this.#core) throw new Error('the program is not started');
    return this.#core;
  }

  get accounts(): Accounts {
    return this.core.accounts;
  }

  /** The session of a user of the usual service, for what no port of the program reaches yet. */
  session(username: string): Session {
    const found = this.#made.findLast(({ identity }) => identity.username === username);
    if (!found) throw new Error(`no session of ${username}`);
    return found;
  }

  /** The token that an account holds. */
  held(account: string): AccessToken {
    const held = this.#made.findLast((session) => session.account === account)?.handOut.held();
    if (!held) throw new Error(`no token of ${account}`);
    return held.accessToken;
  }

  /** The operating system says that the computer woke up. */
  woke(): void {
    this.core.sessions.wake.woke();
  }

  get state(): string {
    return this.accounts.report(null)?.state ?? 'unknown';
  }

  signIn(request: Partial<SignInRequest> & { form?: LoginForm } = {}, by: SignInBy = 'person') {
    return this.accounts.signIn(
      { service: null, username: anna, password: new Secret('correct horse'), form: null, ...request },
      by,
    );
  }

  async token(minTtlSeconds = 60): Promise<TokenReply> {
    return this.accounts.token({ account: null, minTtlSeconds, tool: 'sync' });
  }

  /** What a tool sees: the token's text, or the refusal's code. */
  async tokenText(minTtlSeconds = 60): Promise<string> {
    return textOf(await this.token(minTtlSeconds));
  }

  /** Asks, lets everything run, and answers what has come by then: for asks that wait. */
  ask(minTtlSeconds = 60): { answer: () => string | null } {
    let text: string | null = null;
    void this.token(minTtlSeconds).then((reply) => (text = textOf(reply)));
    return { answer: () => text };
  }

  async reject(token: string): Promise<string> {
    const reply = await this.accounts.reportRejected({
      account: null,
      rejected: new Secret(token),
      tool: 'sync',
    });
    return reply.kind === 'bad_request' ? 'bad_request' : textOf(reply);
  }

  settle(): Promise<void> {
    return settle();
  }
}

function textOf(reply: TokenReply): string {
  switch (reply.kind) {
    case 'token':
      return reply.token.accessToken.reveal();
    case 'refused':
      return reply.refusal.code;
    case 'unknown_account':
      return 'unknown_account';
  }
}
