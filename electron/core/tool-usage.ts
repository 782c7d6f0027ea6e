import type { Clock } from './clock.ts';
import { localTime } from './local-time.ts';
import type { Ledger, RequestSum } from './ledger.ts';
import { hour } from './renewal-timing.ts';

/** How a tool (null: programs with the owner's key) used an account. Epoch milliseconds. */
export interface ToolUse {
  readonly tool: string | null;
  readonly account: string;
  readonly lastAt: number;
  /** Requests since midnight, local time. */
  readonly today: number;
}

interface Use {
  readonly tool: string | null;
  readonly account: string;
  lastAt: number;
  today: number;
  day: number;
  hour: number;
  /** Requests of this hour that are in no sum yet. */
  unsummed: number;
}

/** A ledger that takes no line is no reason to grow for ever: some days of hours. */
const mostUnwritten = 10_000;

/** Counts tools' requests, and writes them into the ledger as a sum for each hour. */
export class ToolUsage {
  readonly #ledger: Ledger;
  readonly #clock: Pick<Clock, 'wallNow'>;
  readonly #uses = new Map<string | null, Map<string, Use>>();
  #unwritten: RequestSum[] = [];

  constructor(ledger: Ledger, clock: Pick<Clock, 'wallNow'>) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Takes the ledger's memory. */
  recall(sums: readonly RequestSum[]): void {
    const now = this.#clock.wallNow();
    const today = localTime(now).day;
    for (const sum of sums) {
      const use = this.#use(sum.tool, sum.account, now);
      // A clock that ran ahead must not leave a last use in the future.
      use.lastAt = Math.max(use.lastAt, Math.min(sum.lastAt, now));
      if (localTime(sum.hour).day === today) use.today += sum.count;
    }
  }

  /** One request more. Runs at every request. */
  count(tool: string | null, account: string): void {
    const now = this.#clock.wallNow();
    const use = this.#uses.get(tool)?.get(account) ?? this.#use(tool, account, now);
    if (now >= use.hour + hour || now < use.hour) this.#turn(use, now);
    use.lastAt = now;
    use.today += 1;
    use.unsummed += 1;
  }

  /** What is known of every tool that asked in the last 90 days. */
  uses(): readonly ToolUse[] {
    const { day } = localTime(this.#clock.wallNow());
    return [...this.#uses.values()]
      .flatMap((byAccount) => [...byAccount.values()])
      .map(({ tool, account, lastAt, today, day: itsDay }) => ({
        tool,
        account,
        lastAt,
        today: itsDay === day ? today : 0,
      }));
  }

  /** Writes the sums of hours that are over; with `all`, because the program ends, also of the one that runs. */
  async write({ all = false } = {}): Promise<void> {
    const now = this.#clock.wallNow();
    for (const byAccount of this.#uses.values()) {
      for (const use of byAccount.values()) if (all || now >= use.hour + hour) this.#turn(use, now);
    }
    const sums = this.#unwritten;
    if (sums.length === 0) return;
    this.#unwritten = [];
    const written = await this.#ledger.appendRequests(sums);
    if (!written) this.#unwritten = [...sums, ...this.#unwritten].slice(-mostUnwritten);
  }

  #use(tool: string | null, account: string, now: number): Use {
    const byAccount = this.#uses.get(tool) ?? new Map<string, Use>();
    const known = byAccount.get(account);
    if (known) return known;
    const use = { tool, account, lastAt: 0, today: 0, unsummed: 0, ...localTime(now) };
    this.#uses.set(tool, byAccount.set(account, use));
    return use;
  }

  /** Closes the hour's sum, and the day's count with it where midnight has passed. */
  #turn(use: Use, now: number): void {
    const { tool, account, lastAt, unsummed } = use;
    if (unsummed > 0) this.#unwritten.push({ tool, account, hour: use.hour, count: unsummed, lastAt });
    const { hour: thisHour, day } = localTime(now);
    if (day !== use.day) use.today = 0;
    use.unsummed = 0;
    use.hour = thisHour;
    use.day = day;
  }
}
