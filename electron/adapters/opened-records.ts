import type { SessionRecord, VaultRecord } from '../core/ports.ts';
import { openRecord, withoutTokens } from './record-seal.ts';
import type { LoadedVault } from './vault-files.ts';
import type { StoredRecord, VaultContent } from './vault-format.ts';

/** A record as it can be had, and the stored form it comes from. `restored`: from the previous generation. */
export interface OpenedRecord extends VaultRecord {
  readonly stored: StoredRecord;
  readonly restored: boolean;
}

/** What counts of the two generations: the current one, or the previous one where that alone is there. */
export function contentOf({ current, previous }: LoadedVault): VaultContent | null {
  return current?.content ?? previous?.content ?? null;
}

/**
 * Opens every record. One whose seal does not open is taken from the previous generation if it opens there; else it
 * comes without its tokens, unreadable. `dataKey` null: there is no key that fits.
 */
export function openRecords(loaded: LoadedVault, dataKey: Uint8Array | null): readonly OpenedRecord[] {
  const older = loaded.current ? (loaded.previous?.content.accounts ?? []) : [];
  return (contentOf(loaded)?.accounts ?? []).map((stored) => {
    const opened = open(stored, dataKey);
    if (opened) return { ...opened, restored: false };
    const substitute = older.find(({ account }) => account === stored.account);
    const restored = substitute && open(substitute, dataKey);
    if (restored) return { ...restored, restored: true };
    const { generation } = stored;
    return { stored, record: withoutTokens(stored), generation, unreadable: true, restored: false };
  });
}

/** The generation for an account's next record: above each that its name was ever stored with here. */
export function nextGeneration(loaded: LoadedVault, account: string): number {
  return 1 + Math.max(floorOf(loaded), ...recordsOf(loaded, account).map(({ generation }) => generation));
}

/** The floor that still holds when the records of `opened` take the place of all that is stored. */
export function floorWithout(loaded: LoadedVault, opened: readonly OpenedRecord[]): number {
  const dropped = opened
    .filter(({ restored }) => restored)
    .flatMap(({ stored }) => recordsOf(loaded, stored.account).map(({ generation }) => generation));
  return Math.max(floorOf(loaded), ...dropped);
}

/** Whether both say the same: the write of one was done, and only its last flush was not confirmed. */
export function sameRecord(one: SessionRecord, other: SessionRecord): boolean {
  return plain(one) === plain(other);
}

function open(stored: StoredRecord, dataKey: Uint8Array | null): Omit<OpenedRecord, 'restored'> | null {
  const record = dataKey && openRecord(dataKey, stored);
  return record && { stored, record, generation: stored.generation, unreadable: false };
}

function recordsOf({ current, previous }: LoadedVault, wanted: string): readonly StoredRecord[] {
  return [current, previous]
    .flatMap((generation) => generation?.content.accounts ?? [])
    .filter(({ account }) => account === wanted);
}

function floorOf({ current, previous }: LoadedVault): number {
  return Math.max(current?.content.floor ?? 0, previous?.content.floor ?? 0);
}

function plain({ account, service, username, form, refusal, tokens }: SessionRecord): string {
  const secrets = tokens && [tokens.accessToken.reveal(), tokens.refreshToken.reveal()];
  const rest = tokens && [tokens.lifetimeMs, tokens.arrivedAt, tokens.cause];
  return JSON.stringify([account, service, username, form, refusal, secrets, rest]);
}
