import { describe, expect, it } from 'vitest';
import { describeFailure, failureText } from '../../electron/contract/failure-words.ts';
import { everyFailure, retryAt } from '../support/every-failure.ts';

describe('every failure of the union', () => {
  it.each(everyFailure)('has one sentence and one remedy: %o', (failure) => {
    const { sentence, remedy } = describeFailure(failure);
    for (const words of [sentence, remedy])
      expect(words).toMatch(/^[“\p{Lu}/][^\n]*\.$|token-tray [\w ]+$|login$/u);
    expect(sentence).not.toBe(remedy);
  });

  it.each(everyFailure)('speaks to a person, not to a programmer: %o', (failure) => {
    const text = failureText(failure);
    expect(text).not.toMatch(/please|sorry|oops|invalid|forbidden|undefined|null|\bHOST\b/i);
    // No bare code: what a person reads has no underscores, but for the variable that is to be set.
    expect(text.replace('TOKEN_TRAY_PASSPHRASE', '')).not.toMatch(/_/);
  });

  it('names the time of day where there is one', () => {
    expect(failureText({ code: 'rate_limited', retryAt })).toContain('10:42');
    expect(failureText({ code: 'budget_exhausted', retryAt })).toContain('10:42');
    const backoff = { code: 'sign_in_backoff', retryAt: retryAt + 4_001 } as const;
    expect(failureText(backoff)).toContain('at 10:42:05.');
  });
});
