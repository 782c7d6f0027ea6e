import { describe, expect, it } from 'vitest';
import { problemReasons, type TokenRefusal } from '../../electron/contract/problems.ts';
import { failureWords } from '../../renderer/composables/failure-words.ts';
import { troubleWords } from '../../renderer/composables/trouble-words.ts';
import { createTranslation, wordsOf, type Phrase } from '../../renderer/composables/words.ts';
import { english } from '../../renderer/locales/english.ts';
import { seenAt, viewOf } from '../support/app-views.ts';
import { everyFailure, retryAt } from '../support/every-failure.ts';

const { say } = wordsOf(createTranslation().global);

function sayAll(phrases: readonly Phrase[]): string {
  return phrases.map(say).join(' ');
}

function textsIn(node: object): string[] {
  return Object.values(node).flatMap((value: string | object) =>
    typeof value === 'string' ? [value] : textsIn(value),
  );
}

describe('the words for a failure in a window', () => {
  it.each(everyFailure)('are one sentence and one remedy, with nothing left open: %o', (failure) => {
    const { sentence, remedy } = failureWords(failure, 'en');
    for (const text of [say(sentence), say(remedy)]) {
      expect(text).toMatch(/^[“\p{Lu}].*\.$/u);
      expect(text).not.toMatch(/[{}|]|undefined|null|_|failure\.|unwritable\./);
    }
    expect(say(sentence)).not.toBe(say(remedy));
  });

  it('name no command of a terminal', () => {
    for (const failure of everyFailure) {
      const { sentence, remedy } = failureWords(failure, 'en');
      expect(`${say(sentence)} ${say(remedy)}`).not.toMatch(/token-tray|--\w/);
    }
  });

  it.each([
    [{ code: 'wrong_credentials' }, 'Email or password is not right. Check both and try again.'],
    [
      { code: 'offline', host: 'authlive.logistiq.io', reason: 'refused' },
      'No connection to authlive.logistiq.io. Check the network and try again.',
    ],
    [
      { code: 'service_error', status: 503 },
      'The service answered with an error (503). Try again in a minute.',
    ],
    [
      { code: 'unreadable_answer', missing: 'refresh_token' },
      'The service’s answer was not understood: no refresh token. Check the service’s address.',
    ],
    [{ code: 'rate_limited', retryAt }, 'The service says: too many requests. Try again at 10:42.'],
    [
      { code: 'sign_in_backoff', retryAt: retryAt + 4_001 },
      'The service refused the last sign-ins of this account, so this one was not sent. Check email and password, and try again at 10:42:05.',
    ],
    [
      { code: 'username_with_colon' },
      'This email holds a “:”, which this kind of sign-in cannot send. Choose the other kind under Service.',
    ],
  ] as const)('are the agreed ones: %o', (failure, text) => {
    const { sentence, remedy } = failureWords(failure, 'en');
    expect(`${say(sentence)} ${say(remedy)}`).toBe(text);
  });
});

describe('the words for no token', () => {
  it('name the time that the answer names, else the budget’s, else none', () => {
    const spent = { code: 'budget_exhausted' } as const;
    const later = viewOf({ budget: { used: 60, limit: 60, nextAt: seenAt + 32 * 60_000 } });
    expect(sayAll(troubleWords({ ...spent, retryAfterSeconds: 60 }, later, seenAt))).toContain('10:11');
    expect(sayAll(troubleWords(spent, later, seenAt))).toContain('10:42');
    expect(sayAll(troubleWords(spent, viewOf(), seenAt))).toContain('later');
  });

  it('N6 tell what is behind it, where that is known', () => {
    const told = (refusal: TokenRefusal) => sayAll(troubleWords(refusal, viewOf(), seenAt));
    const failure = { code: 'vault_unwritable', reason: 'read_only' } as const;
    expect(told({ code: 'not_saved', failure })).toContain(
      'its folder is read-only. Make the folder writable',
    );
    expect(
      told({ code: 'service_error', failure: { code: 'unreadable_answer', missing: 'json' } }),
    ).toContain('was not understood');
    expect(
      told({
        code: 'offline',
        reason: 'uncertain',
        retryAfterSeconds: 30,
        failure: { code: 'service_error', status: 500 },
      }),
    ).toBe('The service answered with an error (500). Try again at 10:10:30.');
    expect(told({ code: 'signed_out' })).not.toContain('ended');
  });
});

describe.each(['en', 'ar'] as const)('the words for each cause, in %s', (language) => {
  const translation = createTranslation();
  const { say: told } = wordsOf(translation.global);
  const view = viewOf({ language });
  const inLanguage = async (...phrases: readonly Phrase[]) => {
    await wordsOf(translation.global).setLanguage(language);
    return phrases.map(told).join(' ');
  };
  const allDifferent = (texts: readonly string[]) => expect(new Set(texts).size).toBe(texts.length);

  it('N6 tell each reason for no answer apart, with its time where it has one', async () => {
    const texts = await Promise.all(
      problemReasons.map((reason) =>
        inLanguage(...troubleWords({ code: 'offline', reason, retryAfterSeconds: 20 }, view, seenAt)),
      ),
    );
    allDifferent(texts);
    const withTime = problemReasons.filter((_, at) => texts[at]?.includes('10:10:20'));
    expect(withTime).toEqual(['uncertain', 'store', 'waking']);
  });

  it('N6 call each cause of a failed renewal by its own name', async () => {
    const texts = problemReasons.map((cause) => inLanguage({ key: `cause.${cause}.title` }));
    allDifferent(await Promise.all(texts));
  });

  it('N5 tell the service’s “too many” and the budget apart', async () => {
    const codes = ['rate_limited', 'budget_exhausted'] as const;
    const texts = await Promise.all(
      codes.map((code) => inLanguage(...troubleWords({ code, retryAfterSeconds: 60 }, view, seenAt))),
    );
    allDifferent(texts);
    for (const text of texts) expect(text).toContain('10:11');
  });

  it('N4 N6 tell every failure apart', async () => {
    const sentences = everyFailure.map((failure) => inLanguage(failureWords(failure, language).sentence));
    const texts = await Promise.all(sentences);
    const byText = new Map(everyFailure.map((failure, at) => [texts[at] ?? '', failure.code]));
    for (const [at, failure] of everyFailure.entries())
      expect(byText.get(texts[at] ?? '')).toBe(failure.code);
  });
});

describe('all texts', () => {
  it('are calm', () => {
    for (const text of textsIn(english)) {
      expect(text).not.toMatch(/\b(please|sorry|oops|invalid|forbidden|error code)\b/i);
      expect(text).not.toMatch(/[!"]|\.\.\.|'/);
    }
  });

  it('have plural forms', () => {
    const leaving = (count: number) => say({ key: 'sign_out.text', filling: { count } });
    expect(leaving(0)).toMatch(/^Tools will stop/);
    expect(leaving(1)).toMatch(/^1 tool will stop/);
    expect(leaving(2)).toMatch(/^2 tools will stop/);
  });
});
