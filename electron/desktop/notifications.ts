import type { Notification, NotificationConstructorOptions } from 'electron';
import type { AppView } from '../contract/app-view.ts';
import type { Place } from '../contract/bridge.ts';
import type { Clock } from '../core/clock.ts';
import { news, settled, type News } from './news.ts';
import { ToldLevels } from './told-levels.ts';
import type { Words } from './words.ts';

export interface NotificationsParts {
  /** Electron's `new Notification`; null: the system has none. Called with the first that is due, and not before. */
  readonly make: (options: NotificationConstructorOptions) => Notification | null;
  readonly words: Words;
  readonly clock: Clock;
  /** Whether the person wants any. */
  readonly wanted: () => boolean;
  /** Whether the person is looking at the window, where all is said already. */
  readonly isLookedAt: () => boolean;
  /** A click: shows the place that mends it. */
  readonly open: (place: Place) => void;
}

/** The place that mends it, or tells more. */
const places = {
  sign_in_needed: 'login',
  unreadable: 'login',
  suspended: 'status',
  budget_near: 'activity',
  budget_spent: 'activity',
} as const satisfies Record<Exclude<News, 'mended'>, Place>;

/** Tells a person what needs them while no window is open: one notification at a time. */
export class Notifications {
  readonly #parts: NotificationsParts;
  readonly #levels: ToldLevels;
  #last: AppView | null = null;
  // Held, or a click on it would come to nothing once it is collected.
  #shown: Notification | null = null;

  constructor(parts: NotificationsParts) {
    this.#parts = parts;
    this.#levels = new ToldLevels(parts.clock);
  }

  /** To be called with each view; what has changed since the last one decides. */
  show(view: AppView): void {
    const before = this.#last;
    const now = before === null ? view : settled(before, view);
    this.#last = now;
    const told = before === null ? null : news(before, now);
    if (told === 'mended') {
      this.close();
      return;
    }
    if (told === null || !this.#parts.wanted() || !this.#levels.isNew(told, view)) return;
    if (!this.#parts.isLookedAt()) this.#tell(told, view);
  }

  /** Takes back what is shown: it is no longer so, or the program ends. */
  close(): void {
    this.#shown?.close();
    this.#shown = null;
  }

  #tell(told: Exclude<News, 'mended'>, view: AppView): void {
    const { make, words, open } = this.#parts;
    this.close();
    const { used, limit, nextAt } = view.budget;
    const values = {
      account: view.account ?? '',
      used,
      limit,
      time: nextAt === null ? '' : words.time(nextAt),
    };
    const notification = make({
      title: words.text(`notification.${told}.title`, values),
      body: words.text(`notification.${told}.body`, values),
    });
    if (!notification) return;
    this.#shown = notification;
    notification.on('click', () => open(places[told]));
    // Unsigned, or forbidden by the person: the window and the icon say it all the same.
    notification.on('failed', () => {
      if (this.#shown === notification) this.#shown = null;
    });
    notification.show();
  }
}
