import { z } from 'zod';

/** The record of one account as its file holds it: all clear but the tokens, and nothing of it can be swapped. */
const storedRecord = z.strictObject({
  account: z.string(),
  service: z.string(),
  username: z.string(),
  form: z.enum(['basic', 'json']),
  refusal: z.enum(['expired', 'suspended']).nullable(),
  generation: z.int().positive(),
  /** The tokens, sealed under the data key with the rest of the record as context; see `record-seal.ts`. */
  sealed: z.string().min(1),
});

const vaultContent = z.strictObject({
  version: z.literal(1),
  /** The data key as its protector gave it back. */
  key: z.string().min(1),
  /** No record that is new here gets a generation up to this one, so that none is ever used twice. */
  floor: z.int().nonnegative(),
  // Counted before its members are looked at: millions of wrong ones would be as many complaints.
  accounts: z.array(z.unknown()).max(1000).pipe(z.array(storedRecord)),
});

export type StoredRecord = z.infer<typeof storedRecord>;
export type VaultContent = z.infer<typeof vaultContent>;

/** `newer`: made by a later version of the program, which alone knows what it means. */
export type ParsedVault =
  | { readonly kind: 'readable'; readonly content: VaultContent }
  | { readonly kind: 'newer' }
  | { readonly kind: 'garbage' };

const garbage: ParsedVault = { kind: 'garbage' };
const newerFile = z.object({ version: z.int().min(2) });

/** Reads a vault file's bytes, whatever they are. Never throws. */
export function parseVault(bytes: Uint8Array): ParsedVault {
  let text: string;
  let json: unknown;
  try {
    // A byte order mark is kept, so that JSON.parse refuses it.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    return garbage;
  }
  if (newerFile.safeParse(json).success) return { kind: 'newer' };
  const { data: content } = vaultContent.safeParse(json);
  if (!content || holdsKeyTwice(text, content) || holdsAccountTwice(content)) return garbage;
  return { kind: 'readable', content };
}

export function serializeVault(content: VaultContent): Buffer {
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}

/** A key that stands twice in one object: JSON.parse takes the last and says nothing. */
function holdsKeyTwice(text: string, content: VaultContent): boolean {
  const parsed = [content, ...content.accounts].reduce((sum, part) => sum + Object.keys(part).length, 0);
  let written = 0;
  // A string of JSON with a colon behind it is a key.
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/g)) if (colon === ':') written += 1;
  return written !== parsed;
}

function holdsAccountTwice({ accounts }: VaultContent): boolean {
  return new Set(accounts.map(({ account }) => account)).size !== accounts.length;
}
