import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Redactor } from '../../electron/adapters/redaction.ts';
import { Secret } from '../../electron/core/secret.ts';
import { base64, encodings, inJson, jwt } from '../support/secret-encodings.ts';

describe('a secret that is remembered', () => {
  const secretText = fc.oneof(
    fc.string({ minLength: 4, unit: 'grapheme' }),
    fc.string({ minLength: 4, unit: 'binary' }),
    jwt,
  );

  it.each(encodings)('L01 does not survive %s, however short and plain', (_, encode) => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (text, before, after) => {
        const written = encode(text.toWellFormed());
        fc.pre(!'[secret]'.includes(written));
        const redactor = new Redactor();
        redactor.remember(new Secret(text.toWellFormed()));
        expect(redactor.redact(`${before}${written}${after}`)).not.toContain(written);
        const line = `{"event":"x","text":"${inJson(before)}${inJson(written)}${inJson(after)}"}`;
        fc.pre(!'{"event":"x","text":"[secret]"}'.includes(inJson(written)));
        expect(redactor.redact(line)).not.toContain(inJson(written));
      }),
    );
  });

  it('L01 does not survive in base64 of something longer, wherever it stands in it', () => {
    const around = fc.string({ maxLength: 5 });
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 20 }), around, around, (text, before, after) => {
        const redactor = new Redactor();
        redactor.remember(new Secret(text));
        const written = base64(`${before}${text}${after}`);
        expect(redactor.redact(`x ${written} x`)).not.toContain(written);
      }),
    );
  });

  it('is one of several, the longer before the shorter that is part of it', () => {
    const redactor = new Redactor();
    redactor.remember(new Secret('horse'));
    redactor.remember(new Secret('correct horse'));
    expect(redactor.redact('a correct horse, a horse')).toBe('a [secret], a [secret]');
  });

  it('is forgotten when it is no longer needed, once for each time it was remembered', () => {
    const redactor = new Redactor();
    const forget = redactor.remember(new Secret('horse'));
    const forgetAgain = redactor.remember(new Secret('horse'));
    forget();
    forget();
    expect(redactor.redact('a horse')).toBe('a [secret]');
    forgetAgain();
    expect(redactor.redact('a horse')).toBe('a horse');
  });

  it('is not one so short that masking it would give it away', () => {
    const redactor = new Redactor();
    redactor.remember(new Secret('abc'));
    expect(redactor.redact('abcabc')).toBe('abcabc');
  });
});
