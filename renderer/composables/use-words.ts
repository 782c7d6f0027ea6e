import { agoText } from './relative-time.ts';
import { useWords } from './words.ts';

/** How somebody used the endpoint; `lastAt`: epoch milliseconds, null: not in the last 90 days. */
interface Use {
  readonly lastAt: number | null;
  readonly today: number;
}

/** When somebody asked last, and how often today, in words. */
export function useUseWords(): { readonly useText: (use: Use, now: number) => string } {
  const { t, language } = useWords();
  return {
    useText({ lastAt, today }, now) {
      if (lastAt === null) return t('tools.never');
      const when = agoText(lastAt, now, language()) ?? t('tools.just_now');
      return today === 0 ? t('tools.used', { when }) : t('tools.used_today', { when, count: today });
    },
  };
}
