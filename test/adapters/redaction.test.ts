import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { redactShapes } from '../../electron/adapters/redaction.ts';
import { base64url, jwt, shapeEncodings } from '../support/secret-encodings.ts';

/** No sixteen characters in a row of what was to be hidden. */
function expectHidden(line: string, hidden: string): void {
  const starts = Array.from({ length: Math.max(hidden.length - 15, 0) }, (_, at) => at);
  expect(starts.filter((at) => line.includes(hidden.slice(at, at + 16)))).toEqual([]);
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
    '{"event":"logged in","form":"basic","host":"127.0.0.1:7145","cause":"rejected","request":"refresh"}',
    '{"event":"home","path":"C:\\\\Users\\\\Someone\\\\AppData\\\\Local\\\\token-tray\\\\logs\\\\token-tray.log"}',
  ])('L01 is not what a log is for: %s', (line) => {
    expect(redactShapes(line)).toBe(line);
  });

  it('L01 costs time in proportion to the line', () => {
    const parts = [
      '\\',
      '%',
      'eyJ.',
      'password',
      'password="',
      'Bearer ',
      'a/',
      '\\u00',
      '\\/',
      '\\n',
      '"access":"',
      'tt_',
    ];
    const bad = [...parts, '"access":"\\\\', '-'.repeat(31) + ' ', '%41', 'a-'];
    for (const part of bad) redactShapes(`"access":"${part.repeat(20_000)}`);
  });
});
