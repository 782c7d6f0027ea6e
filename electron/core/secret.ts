/**
 * A secret with its kind in the type. It prints masked wherever it lands (string, JSON, `console.log`): its
 * text leaves by `reveal` alone, which is easy to search for.
 */
export class Secret<Kind extends string> {
  // Makes Secret<'access token'> and Secret<'refresh token'> different types.
  declare readonly kind: Kind;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  /** Whether both hold the same text. Not in constant time: for secrets that are compared with our own. */
  equals(other: Secret<Kind>): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  // What Node's util.inspect asks for, by its registered name, so that core needs no Node.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

export type AccessToken = Secret<'access token'>;
export type RefreshToken = Secret<'refresh token'>;
export type Password = Secret<'password'>;
