import type { SetupFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { IssuanceCause } from '../contract/session-states.ts';
import type { Clock } from './clock.ts';
import { dateText, localDays, localTime } from './local-time.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { hour } from './renewal-timing.ts';
import type { ToolUsage, ToolUse } from './tool-usage.ts';

const day = 24 * hour;
const keptMs = 90 * day;

/** What happened, oldest first. Times are epoch milliseconds. */
export interface ActivityEntry {
  readonly at: number;
  readonly kind: 'sign_in' | 'renewal' | 'sign_out' | 'refused';
  readonly account: string;
  readonly cause: IssuanceCause;
  readonly tool: string | null;
}

export interface ActivityReport {
  readonly entries: readonly ActivityEntry[];
  readonly uses: readonly ToolUse[];
  /** New tokens that the service may have made, by local day (`2026-01-31`), from the first day to today. */
  readonly days: readonly { readonly date: string; readonly count: number }[];
}

/** `since` null: the last seven local days. `account` null: all. */
export interface ActivityQuestion {
  readonly since: number | null;
  readonly account: string | null;
}

/** The ledger for people: what was asked of the service and why, and who used it. */
export class Activity {
  readonly #ledger: Ledger;
  readonly #usage: ToolUsage;
  readonly #clock: Pick<Clock, 'wallNow'>;

  constructor(ledger: Ledger, usage: ToolUsage, clock: Pick<Clock, 'wallNow'>) {
    this.#ledger = ledger;
    this.#usage = usage;
    this.#clock = clock;
  }

  /** How each tool used each account. */
  uses(): readonly ToolUse[] {
    return this.#usage.uses();
  }

  async report({
    since,
    account,
  }: ActivityQuestion): Promise<
    Result<ActivityReport, Extract<SetupFailure, { code: 'ledger_unreadable' }>>
  > {
    const history = await this.#ledger.read();
    if (history === null) return failed({ code: 'ledger_unreadable' });
    const now = this.#clock.wallNow();
    const from = Math.max(since ?? localTime(localTime(now).day - 6 * day + 12 * hour).day, now - keptMs);
    const meant = (one: { readonly account: string }) => account === null || one.account === account;

    const asked = history.entries.filter(({ intent }) => meant(intent) && intent.at >= from);
    const signOuts = history.signOuts
      .filter((line) => meant(line) && line.at >= from)
      .map(({ at, account: whose }): ActivityEntry => {
        return { at, kind: 'sign_out', account: whose, cause: 'person', tool: null };
      });
    return succeeded({
      entries: [...asked.flatMap(entryOf), ...signOuts].sort((one, other) => one.at - other.at),
      uses: this.#usage.uses().filter(meant),
      days: daysOf(asked, from, now),
    });
  }
}

/** What never left is no event for people; what may have left counts as done, as it does in the budget. */
function entryOf({ intent, outcome }: LedgerEntry): ActivityEntry[] {
  const { at, account, cause, tool, request } = intent;
  const result = outcome?.result.kind ?? 'lost';
  if (result === 'unsent') return [];
  const done = request === 'login' ? 'sign_in' : 'renewal';
  const refused = result === 'refused' || result === 'too_many';
  return [{ at, kind: refused ? 'refused' : done, account, cause, tool }];
}

function daysOf(asked: readonly LedgerEntry[], from: number, now: number): ActivityReport['days'] {
  const counts = new Map<string, number>();
  for (const { intent, outcome } of asked) {
    const result = outcome?.result.kind ?? 'lost';
    if (result !== 'issued' && result !== 'lost') continue;
    const date = dateText(intent.at);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return localDays(from, now).map((date) => ({ date, count: counts.get(date) ?? 0 }));
}
