import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { redactShapes, Redactor } from '../../electron/adapters/redaction.ts';
import { Secret } from '../../electron/core/secret.ts';

const base64url = (length: { min: number; max: number }) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
    minLength: length.min,
    maxLength: length.max,
  });

const jwt = fc
  .tuple(
    fc.constantFrom('{"alg":"RS256","typ":"JWT"}', '{"alg":"none"}'),
    fc.json(),
    base64url({ min: 0, max: 90 }),
  )
  .map(
    ([header, payload, signature]) =>
      [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.') + `.${signature}`,
  );

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const percent = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const unicodeEscapes = (text: string) =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** How a secret may be written where it stands. */
const encodings: readonly [name: string, encode: (text: string) => string][] = [
  ['as it is', (text) => text],
  ['in a URL', encodeURIComponent],
  ['in a URL twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['in a form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
  ['percent-encoded throughout', (text) => percent(text).toUpperCase()],
  ['percent-encoded in small letters', percent],
  ['in JSON', inJson],
  ['in JSON in JSON', (text) => inJson(inJson(text))],
  ['in base64', base64],
  ['in base64url', (text) => Buffer.from(text).toString('base64url')],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
];

/** Of long secrets only: their shape is what betrays them. */
const shapeEncodings: typeof encodings = [
  ...encodings,
  ['in JSON escapes', unicodeEscapes],
  ['in JSON escapes in JSON', (text) => inJson(unicodeEscapes(text))],
  ['in lines of base64', (text) => inJson(base64(text).replace(/.{64}/g, '$&\r\n'))],
  ['in base64 of a JSON', (text) => base64(JSON.stringify({ refresh_token: text }))],
  [
    'split in the middle by a line end',
    (text) => inJson(`${text.slice(0, text.length >> 1)}\n${text.slice(text.length >> 1)}`),
  ],
];

/** No sixteen characters in a row of what was to be hidden. */
function expectHidden(line: string, hidden: string): void {
  for (let at = 0; at + 16 <= hidden.length; at += 1) expect(line).not.toContain(hidden.slice(at, at + 16));
}

describe('what looks like a secret', () => {
  it.each(shapeEncodings)('L01 does not survive %s: a JWT', (_, encode) => {
    fc.assert(
      fc.property(jwt, (token) =>
        expectHidden(redactShapes(`{"event":"x","text":"… ${encode(token)}"}`), encode(token)),
      ),
    );
  });

  it.each(shapeEncodings)('L01 does not survive %s: 32 characters of base64url or more', (_, encode) => {
    fc.assert(
      fc.property(base64url({ min: 32, max: 100 }), (token) => {
        expectHidden(redactShapes(`{"event":"x","text":"… ${encode(token)}"}`), encode(token));
      }),
    );
  });

  it.each([
    'Bearer hunter2',
    'bearer  hunter2',
    'Authorization: Bearer hunter2',
    'authorization%3A%20Bearer%20hunter2',
    '{"authorization":"Basic aHVudGVyMg=="}',
    'Basic aHVudGVyMg==',
    'tt_hunter2',
    'key=tt_hunter2&a=b',
    'password=hunter2',
    'a=b&password=hunter2&c=d',
    'password%3Dhunter2%26c',
    'password: hunter2',
    "{ password: 'hunter2' }",
    '{"password":"hunter2"}',
    '{"password" : "correct hunter2 horse"}',
    '{"password":"a\\"hunter2"}',
    '{"text":"{\\"password\\":\\"correct hunter2\\"}"}',
    '{"text":"{\\"password\\":\\"a\\\\\\"hunter2\\"}"}',
    '{"text":"{\\\\\\"password\\\\\\":\\\\\\"correct hunter2\\\\\\"}"}',
    'passphrase=hunter2',
    'client_secret=hunter2',
    'refresh_token=hunter2',
    '{"refresh_token":"hunter2"}',
    '{"refreshToken":"hunter2"}',
    '{"access_token":"hunter2","a":1}',
    '{"access":"hunter2","refresh":"hunter2"}',
    '{"status":true,"token":"hunter2"}',
    'access_token\\u003dhunter2',
    'eyJhdunter2.hunter2.hunter2',
    'eyJh%2Ehunter2%2Ehunter2',
    'hunter2/Zm9vYmFy+MTIz/NDU2Nzg5MGFi/Y2RlZmdoaWo=',
  ])('L01 is masked: %s', (line) => {
    expect(redactShapes(line)).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it.each([
    '{"level":"info","time":"2026-01-05T12:00:00.000Z","pid":123,"event":"renewed","account":"jürgen.long-name@example.com"}',
    '{"event":"vault_set_aside","path":"/home/someone/.config/token-tray/vault.passphrase.json.corrupt-1767614400000"}',
    '{"event":"logged in","form":"basic","host":"127.0.0.1:47145","cause":"rejected","request":"refresh"}',
    '{"event":"home","path":"C:\\\\Users\\\\Someone\\\\AppData\\\\Local\\\\token-tray\\\\logs\\\\token-tray.log"}',
  ])('L01 is not what a log is for: %s', (line) => {
    expect(redactShapes(line)).toBe(line);
  });

  it('L01 costs time in proportion to the line', () => {
    const bad = [
      '\\',
      '%',
      'eyJ.',
      'password',
      'password="',
      'Bearer ',
      'a/',
      '\\u00',
      '"access":"',
      'tt_',
      '-'.repeat(31) + ' ',
    ];
    for (const part of bad) redactShapes(part.repeat(20_000));
  });
});

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
