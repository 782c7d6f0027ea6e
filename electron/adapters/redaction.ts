import type { Secret } from '../core/secret.ts';
import { spellings } from './secret-spellings.ts';

const mask = '[secret]';

// One character of a token as it may stand in a line of JSON: itself, percent-encoded (RFC 3986 §2.1), or as a
// JSON escape at any depth (a line break put into it too). Escapes are taken whole, so that the line stays JSON;
// the alternatives begin differently, so that no text makes the search slow.
const unit = String.raw`(?:[\w+-]|%[0-9a-f]{2}|\\{1,16}(?:u[0-9a-f]{4}|[bfnrt/]))`;
const spelled = (text: string) =>
  text.replace(/./g, (character) => {
    const hex = character.charCodeAt(0).toString(16);
    return String.raw`(?:[${character}]|%${hex}|\\{1,16}u00${hex})`;
  });
const space = String.raw`(?:[\s+]|%20|\\{1,16}(?:u0020|[nrt]))`;
const gap = String.raw`(?:${space}|["']|%2[27]|\\{1,16}(?:u002[27]|["']))`;
const assigned = String.raw`${gap}{0,3}(?:[=:]|%3[ad]|\\{1,16}u003[ad])${gap}{0,3}`;
const secretName = String.raw`(?:pass(?:word|phrase|wd)|secret|authorization|(?:access|refresh|id)_?token)`;
// The names of docs/auth-api.md's tokens are plain words elsewhere: as whole keys only.
const secretKey = String.raw`(?:${secretName}|(?<=")(?:token|access|refresh))`;
const value = String.raw`(?:[^\s"'\\&,;<>{}[\]]|\\{1,16}[^"'\\\s])+`;

// Where a quoted value ends: at a quote that is escaped as its own first one (group 2) is. A backslash in the value
// is written as twice as many, and two.
const endOfValue = String.raw`(?<=(?<!\\)(?:\2\2\\\\){0,16})\2"`;

const shapes: readonly [pattern: RegExp, replacement: string][] = [
  [new RegExp(String.raw`(${secretKey}(\\{0,16})"\s*:\s*\2")(?:(?!${endOfValue}).)+`, 'gi'), `$1${mask}`],
  [new RegExp(String.raw`(${secretName}"\s*:\s*)(?:-?\d[\w.+-]*|true|false|null)`, 'gi'), `$1"${mask}"`],
  [new RegExp(`((?:bearer|basic)${space}+)${value}`, 'gi'), `$1${mask}`],
  [new RegExp(`(${secretName}${assigned})${value}`, 'gi'), `$1${mask}`],
  // A JWT, with what may stand right before it.
  [
    new RegExp(`(?<![\\w+-]|\\\\/)${unit}*?${spelled('eyJ')}${unit}*(?:${spelled('.')}${unit}*)+`, 'gi'),
    mask,
  ],
  [new RegExp(`${unit}{32,}={0,2}`, 'gi'), mask],
  // A tool's key; `\tt_` is a tab and no key.
  [new RegExp(String.raw`(?<!\\)${spelled('tt_')}${unit}+`, 'gi'), mask],
];

/** Masks in a line of text what looks like a secret, whatever it was written for. Pure; paths and names stay. */
export function redactShapes(line: string): string {
  const shaped = shapes.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
  return shaped.replace(/[\w+/-]{40,}={0,2}/g, (run) => (looksRandom(run) ? mask : run));
}

/** Tells the plain base64 of random bytes, with its slashes, from a path: few paths have as many kinds of characters. */
function looksRandom(run: string): boolean {
  return [/\d/g, /[A-Z]/g, /[a-z]/g].every((kind) => (run.match(kind)?.length ?? 0) >= 3);
}

/** Masks what looks like a secret, and in every usual encoding the secrets that it was told to remember. */
export class Redactor {
  readonly #remembered = new Set<readonly string[]>();

  /**
   * Masks this secret's own text, however plain it looks (a password may be a word), until the returned function
   * is called. Texts of less than 4 characters are left: masking each "a" would give them away.
   */
  remember(secret: Secret<string>): () => void {
    const texts = spellings(secret.reveal());
    this.#remembered.add(texts);
    return () => void this.#remembered.delete(texts);
  }

  redact(line: string): string {
    const known = [...this.#remembered].flat().sort((one, other) => other.length - one.length);
    return redactShapes(known.reduce((text, spelling) => text.replaceAll(spelling, mask), line));
  }
}
