import fc from 'fast-check';

/** One change of some bytes. `at`: a share of their length. */
interface Change {
  readonly at: number;
  readonly takes: number;
  readonly puts: Uint8Array;
}

/** A few changes, anywhere; what they put in is often what parsers look at. */
export const damages: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    takes: fc.nat({ max: 12 }),
    puts: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom(
          '\r\n',
          '\n',
          '\0',
          '"',
          '{',
          '[',
          ',',
          ':',
          '%2e',
          '..',
          '/',
          '1e999',
          '9',
          '65536',
          '-1',
          '__proto__',
          ' ',
        )
        .map((text) => new Uint8Array(Buffer.from(text))),
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

/** The bytes with all changes made, one after another. */
export function damaged(bytes: Uint8Array, changes: readonly Change[]): Buffer {
  return changes.reduce<Buffer>((whole, { at, takes, puts }) => {
    const from = Math.floor(at * whole.length);
    return Buffer.concat([whole.subarray(0, from), puts, whole.subarray(from + takes)]);
  }, Buffer.from(bytes));
}
