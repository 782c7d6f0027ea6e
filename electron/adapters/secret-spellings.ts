/** A spelling shorter than this would be found in texts that have nothing to do with the secret. */
const shortest = 4;

/**
 * The ways in which a secret's text may stand in a line of JSON: itself, in JSON in JSON, in a URL or a form (also
 * in a URL in a URL; RFC 3986 §2.1), in hex, and in base64 or base64url (RFC 4648), also inside longer bytes such
 * as a `user:password`. None for a text of less than 4 characters.
 */
export function spellings(text: string): readonly string[] {
  if (text.length < shortest) return [];
  const bytes = Buffer.from(text, 'utf8');
  const hex = bytes.toString('hex');
  const all = new Set([text, ...percentEncoded(text), hex, hex.toUpperCase(), ...base64Parts(bytes)]);
  // The line itself, a JSON in its text, and one in that one's.
  for (let depth = 1; depth <= 3; depth += 1)
    [...all].flatMap(jsonEscaped).forEach((escaped) => all.add(escaped));
  return [...all].filter((spelling) => spelling.length >= shortest);
}

/** As `JSON.stringify` writes it; as writers of pure ASCII do; as those do that escape the slash. */
function jsonEscaped(text: string): readonly string[] {
  const usual = JSON.stringify(text).slice(1, -1);
  const ascii = usual.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [usual, ascii].flatMap((escaped) => [escaped, escaped.replaceAll('/', '\\/')]);
}

function percentEncoded(text: string): readonly string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  const every = Buffer.from(text, 'utf8').toString('hex').toUpperCase().replace(/../g, '%$&');
  const inCapitals = [component, encodeURIComponent(component), form, form.replaceAll('+', '%20'), every];
  return inCapitals.flatMap((encoded) => [encoded, encoded.replace(/%../g, (byte) => byte.toLowerCase())]);
}

/** What all base64 of bytes that hold these has in common, for each of the three places they may stand at. */
function base64Parts(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The characters at the ends that also hold bits of neighbouring bytes, and the padding, are left out.
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const part = text.slice(Math.ceil((before * 8) / 6), end);
    return [part, part.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
