import { assembleCore, type Core } from '../../electron/core/assembly.ts';
import { Secret } from '../../electron/core/secret.ts';
import { succeeded } from '../../electron/contract/result.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import {
  InMemoryLedger,
  InMemorySettings,
  InMemoryTools,
  InMemoryVault,
  silentLog,
} from '../support/in-memory-home.ts';
import { ModelService } from './model-service.ts';

const lifetimeMs = 45 * 60_000;
export const users = ['anna@warehouse.example', 'ben@shop.example'] as const;
const hour = 3_600_000;
const day = 24 * hour;
const dailyLimit = 60;
/** Three at once, and one back every ten minutes. */
const hourlyLimit = 3 + 6;

/** A moment by both clocks of the computer, in one life of the program. */
interface Moment {
  readonly life: number;
  readonly wall: number;
  readonly monotonic: number;
}

/** An outside thing as one life of the program has it: nothing that a dead one began goes on. */
function mortal<Port extends object>(port: Port, alive: () => boolean): Port {
  const never = new Promise<never>(() => undefined);
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        if (!alive()) return never;
        const result: unknown = await value.apply(target, args);
        return alive() ? result : never;
      };
    },
  });
}

/** A computer with the program's core on it, the service, and a judge who knows the rules by himself. */
export class ModelWorld {
  readonly clock = new FakeClock();
  readonly vault = new InMemoryVault();
  readonly ledger = new InMemoryLedger();
  readonly settings = new InMemorySettings();
  readonly service = new ModelService(lifetimeMs, (ms) => this.#later(ms));
  readonly story: string[] = [];
  /** The person wants a token now, whatever the budget says. */
  personInsists = false;
  /** Jumps and sleeps, each of which may cost a token. */
  disturbances = 0;
  /** The first rule that was broken, with what led to it; null: none. */
  #violation: string | null = null;
  readonly #toolStore = new InMemoryTools();
  readonly #arrivals = new Map<string, Moment>();
  readonly #posts: (Moment & { readonly username: string; readonly insisted: boolean })[] = [];
  #core: Core | null = null;
  #life = 0;
  readonly #lives: Moment[] = [];
  #lineId = 0;

  constructor() {
    this.service.posted = ({ username, kind, fate, countable }) => {
      this.tell(`${kind} of ${username}: ${fate}`);
      this.#judgePost(username, countable);
    };
    this.service.arrived = (reply) => {
      if (reply.kind === 'issued') this.#arrivals.set(reply.tokens.accessToken.reveal(), this.#now());
    };
  }

  get core(): Core {
    if (!this.#core) throw new Error('The program does not run.');
    return this.#core;
  }

  tell(line: string): void {
    this.story.push(`${(this.clock.monotonicNow() / 60_000).toFixed(1)} min: ${line}`);
  }

  async start(): Promise<void> {
    const { clock, ledger, settings } = this;
    this.#life += 1;
    this.#lives.push(this.#now());
    const life = this.#life;
    const alive = () => life === this.#life;
    this.#core = assembleCore({
      vault: mortal(this.vault, alive),
      ledger: mortal(ledger, alive),
      service: mortal(this.service, alive),
      settings,
      clock,
      toolStore: this.#toolStore,
      history: await ledger.read(),
      random: () => 0.5,
      newId: () => `line-${(this.#lineId += 1)}`,
      log: silentLog,
      defaultService: 'https://auth.example.com',
      parseService: succeeded,
      changed: () => undefined,
      signedOut: () => Promise.resolve(),
    });
    await this.core.tools.open();
    await this.core.accounts.open();
  }

  /** The process is gone, wherever it was; and it starts anew. */
  async die(): Promise<void> {
    this.tell('the program dies');
    void this.core.accounts.close();
    this.vault.beforeWrite = () => undefined;
    this.ledger.beforeAppend = () => undefined;
    this.service.programDied(
      (username) => this.vault.records.get(username)?.record.tokens?.refreshToken.reveal() ?? null,
    );
    await this.start();
  }

  /** Whoever asks: what comes is looked at when it comes. */
  asks(username: string, minTtlSeconds: number, tool: string | null): void {
    const life = this.#life;
    const reply = this.core.accounts.token({ account: username, minTtlSeconds, tool });
    if (!(reply instanceof Promise)) {
      this.judgeReply(reply);
      return;
    }
    void reply.then((reply) => {
      // A dead program's answer reaches nobody.
      if (life === this.#life) this.judgeReply(reply);
    });
  }

  judgeReply(reply: TokenReply | { readonly kind: 'bad_request' }): void {
    if (reply.kind !== 'token') return;
    const token = reply.token.accessToken.reveal();
    const age = this.#knownAge(this.#arrivals.get(token));
    if (age >= lifetimeMs) this.#broken(`${token} was handed out ${age - lifetimeMs} ms after its end`);
  }

  /** The rules that hold at every moment. */
  judge(): void {
    if (this.service.peak > 1) this.#broken('two requests of one account were open at once');
    for (const { account, state } of this.core.accounts.report(null)?.accounts ?? []) {
      if (state === 'needs_sign_in' && !this.service.orphaned.has(account)) {
        this.#broken(`the session of ${account} was lost without a reason`);
      }
    }
    if (this.#violation !== null) throw new Error(this.#violation);
  }

  stateOf(username: string): string {
    return this.core.accounts.report(username)?.state ?? 'signed_out';
  }

  async heldBy(username: string): Promise<Secret<'access token'> | null> {
    const reply = await this.core.accounts.token({ account: username, minTtlSeconds: 0, tool: null });
    return reply.kind === 'token' ? reply.token.accessToken : null;
  }

  #judgePost(username: string, countable: boolean): void {
    if (!countable) return;
    const today = this.#posts.filter((post) => post.username === username && this.#knownAge(post) < day);
    const lately = today.filter((post) => this.#knownAge(post) < hour && !post.insisted);
    const grace = 3 * this.disturbances;
    if (!this.personInsists && today.length >= dailyLimit + grace) {
      this.#broken(`a token was asked for beyond the budget: ${today.length + 1} in 24 hours`);
    }
    if (!this.personInsists && lately.length >= hourlyLimit + grace) {
      this.#broken(`a token was asked for beyond the budget: ${lately.length + 1} in an hour`);
    }
    this.#posts.push({ username, insisted: this.personInsists, ...this.#now() });
  }

  /** How long ago that was, as far as the program can know: by whichever clock ran further, in each of its lives. */
  #knownAge(moment: Moment | undefined): number {
    if (moment === undefined) return Infinity;
    const now = this.#now();
    if (moment.life === now.life) {
      return Math.max(now.wall - moment.wall, now.monotonic - moment.monotonic, 0);
    }
    const begun = this.#lives[now.life - 1] ?? now;
    const before = begun.wall - moment.wall;
    const since = Math.max(now.wall - begun.wall, now.monotonic - begun.monotonic, 0);
    return before < 0 ? Infinity : before + since;
  }

  #now(): Moment {
    return { life: this.#life, wall: this.clock.wallNow(), monotonic: this.clock.monotonicNow() };
  }

  #later(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.schedule(ms, resolve));
  }

  /** Told at the next look: whoever broke it may be caught by the program itself. */
  #broken(what: string): void {
    this.#violation ??= `${what}\n${this.story.slice(-60).join('\n')}`;
  }

  settle(): Promise<void> {
    return settle();
  }
}
