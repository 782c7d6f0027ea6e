import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failureText } from '../../electron/contract/failure-words.ts';
import type { VaultFailure, VaultRecord } from '../../electron/core/ports.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { VaultNotice } from '../../electron/adapters/vault-files.ts';
import { SealedVault, type SealedVaultParts } from '../../electron/adapters/vault.ts';
import { MarkingKeyProtector } from './marking-key-protector.ts';
import { RememberingLog } from './remembering-log.ts';

export const wallAtNoon = { wallNow: () => Date.UTC(2026, 10, 23, 12) };

/** A vault on a home of the disk, as one start of the program sees it. */
export class StoredVault extends SealedVault {
  readonly home: string;
  readonly log: RememberingLog;
  readonly notices: VaultNotice[];

  constructor(home: string, changes: Partial<Omit<SealedVaultParts, 'home' | 'log'>> = {}) {
    const log = new RememberingLog();
    const notices: VaultNotice[] = [];
    const notice = (one: VaultNotice) => void notices.push(one);
    super({ home, log, notice, clock: wallAtNoon, protector: new MarkingKeyProtector(), ...changes });
    this.home = home;
    this.log = log;
    this.notices = notices;
  }

  get file(): string {
    return join(this.home, `vault.${this.keyStore}.json`);
  }

  get previousFile(): string {
    return join(this.home, `vault.${this.keyStore}.previous.json`);
  }

  bytes(): Promise<Buffer> {
    return readFile(this.file);
  }

  /** What is stored, in short: `access-2 (2)`, `unreadable (2)`; or why it cannot be had. */
  async contents(): Promise<string[]> {
    const read = await this.read();
    return read.ok ? read.value.map(inShort) : [outcome(read)];
  }
}

/** `ok VALUE`, or the failure's code and reason. */
export function outcome(result: Result<unknown, VaultFailure>): string {
  return result.ok ? `ok ${String(result.value)}` : `${result.failure.code} ${result.failure.reason}`;
}

/** Also proves that there are words for a person. */
export function wordsOf(result: Result<unknown, VaultFailure>): string {
  return result.ok ? '' : failureText(result.failure);
}

function inShort({ record, generation, unreadable }: VaultRecord): string {
  const tokens = record.tokens?.accessToken.reveal() ?? 'no tokens';
  return `${unreadable ? 'unreadable' : tokens} (${generation})`;
}
