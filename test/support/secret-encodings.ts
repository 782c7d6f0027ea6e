import fc from 'fast-check';

export const base64url = (length: { min: number; max: number }) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')),
    minLength: length.min,
    maxLength: length.max,
  });

export const jwt = fc
  .tuple(
    fc.constantFrom('{"alg":"RS256","typ":"JWT"}', '{"alg":"none"}'),
    fc.json(),
    base64url({ min: 0, max: 90 }),
  )
  .map(
    ([header, payload, signature]) =>
      [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.') + `.${signature}`,
  );

export const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const percent = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const unicodeEscapes = (text: string) =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
export const base64 = (text: string) => Buffer.from(text).toString('base64');

/** How a secret may be written where it stands. */
export const encodings: readonly [name: string, encode: (text: string) => string][] = [
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
export const shapeEncodings: typeof encodings = [
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
