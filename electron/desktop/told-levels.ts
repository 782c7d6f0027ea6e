import type { AppView } from '../contract/app-view.ts';
import { Elapsed, type Clock } from '../core/clock.ts';
import { hour } from '../core/renewal-timing.ts';
import type { News } from './news.ts';

/** The budget counts the last 24 hours (core/issuance-budget.ts), and so does what is told of it. */
const budgetWindowMs = 24 * hour;

/**
 * Which levels of an account's new tokens a person was told of in the last 24 hours. Old tokens leave the count as new
 * ones come, so a level can be reached many times a day. Kept in memory: a start tells nothing of how things stand then,
 * so a restart costs one notification more at most.
 */
export class ToldLevels {
  readonly #clock: Clock;
  readonly #told = new Map<string, Elapsed>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether `told` is news for a person; from then on it is none for 24 hours. `budget_spent` says `budget_near` too. */
  isNew(told: Exclude<News, 'mended'>, { account }: Pick<AppView, 'account'>): boolean {
    if (told !== 'budget_near' && told !== 'budget_spent') return true;
    const key = (level: typeof told) => `${level} ${account ?? ''}`;
    const last = this.#told.get(key(told));
    if (last !== undefined && last.ms() < budgetWindowMs) return false;
    const now = Elapsed.fromNow(this.#clock);
    this.#told.set(key(told), now);
    if (told === 'budget_spent') this.#told.set(key('budget_near'), now);
    return true;
  }
}
