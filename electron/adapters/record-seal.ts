import { z } from 'zod';
import type { SessionRecord, StoredTokens } from '../core/ports.ts';
import { Secret } from '../core/secret.ts';
import { openSeal, seal } from './seal.ts';
import type { StoredRecord } from './vault-format.ts';

const sealedTokens = z
  .strictObject({
    accessToken: z.string().min(1),
    refreshToken: z.string().min(1),
    lifetimeMs: z.number().positive(),
    arrivedAt: z.number(),
    cause: z.enum(['sign_in', 'tool', 'timer', 'rejected', 'person']),
  })
  .nullable();

/** The record as the vault's file holds it. */
export function sealRecord(dataKey: Uint8Array, record: SessionRecord, generation: number): StoredRecord {
  const { account, service, username, form, refusal, tokens } = record;
  const clear = { account, service, username, form, refusal, generation };
  const content = Buffer.from(JSON.stringify(tokens && revealed(tokens)));
  const sealed = seal(dataKey, context(clear), content);
  content.fill(0);
  return { ...clear, sealed };
}

/** The record with its tokens; null where the seal does not open: another key, or anything of the record changed. */
export function openRecord(dataKey: Uint8Array, stored: StoredRecord): SessionRecord | null {
  const content = openSeal(dataKey, context(stored), stored.sealed);
  if (!content) return null;
  const { data: tokens } = sealedTokens.safeParse(JSON.parse(content.toString()));
  content.fill(0);
  if (tokens === undefined) return null;
  return {
    ...withoutTokens(stored),
    tokens: tokens && {
      ...tokens,
      accessToken: new Secret(tokens.accessToken),
      refreshToken: new Secret(tokens.refreshToken),
    },
  };
}

/** What can be known of a record without its seal. */
export function withoutTokens({ account, service, username, form, refusal }: StoredRecord): SessionRecord {
  return { account, service, username, form, refusal, tokens: null };
}

/** All that stands clear, generation and all, so that no part can be taken from another record or another time. */
function context(clear: Omit<StoredRecord, 'sealed'>): string {
  const { account, service, username, form, refusal, generation } = clear;
  return JSON.stringify(['token-tray vault 1', account, service, username, form, refusal, generation]);
}

function revealed({ accessToken, refreshToken, lifetimeMs, arrivedAt, cause }: StoredTokens) {
  return {
    accessToken: accessToken.reveal(),
    refreshToken: refreshToken.reveal(),
    lifetimeMs,
    arrivedAt,
    cause,
  };
}
