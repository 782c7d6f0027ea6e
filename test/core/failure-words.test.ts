import { describe, expect, it } from 'vitest';
import { connectionFailure } from '../../electron/contract/failures.ts';
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

  it('N4 N5 N6 has words that no other failure has', () => {
    const byText = new Map(everyFailure.map((failure) => [describeFailure(failure).sentence, failure.code]));
    for (const failure of everyFailure) {
      expect(byText.get(describeFailure(failure).sentence)).toBe(failure.code);
    }
    const offline = everyFailure.filter(({ code }) => code === 'offline');
    expect(new Set(offline.map((failure) => failureText(failure))).size).toBe(offline.length);
  });

  it('N6 names when to try again where that is known', () => {
    const host = 'auth.example.com';
    const refused = connectionFailure(host, 'refused', 0);
    expect(failureText(refused)).toMatch(/Check the network and try again\.$/);
    expect(failureText(refused, retryAt)).toMatch(/and try again at 10:42:00\.$/);
    expect(failureText({ code: 'offline', reason: 'waking', retryAt })).toContain('10:42:00');
    expect(failureText({ code: 'service_error', status: 500 }, retryAt)).toMatch(/Try again at 10:42:00\.$/);
    const dated = failureText(connectionFailure(host, 'certificate_not_yet_valid', retryAt));
    expect(dated).toContain('2026-11-23 10:42');
  });

  it('names the time of day where there is one', () => {
    expect(failureText({ code: 'rate_limited', retryAt })).toContain('10:42');
    expect(failureText({ code: 'budget_exhausted', retryAt })).toContain('10:42');
    const backoff = { code: 'sign_in_backoff', retryAt: retryAt + 4_001 } as const;
    expect(failureText(backoff)).toContain('at 10:42:05.');
  });
});
