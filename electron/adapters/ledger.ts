import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { homeFiles } from '../contract/home.ts';
import type { Clock } from '../core/clock.ts';
import type {
  Ledger,
  LedgerHistory,
  LedgerIntent,
  LedgerOutcome,
  RequestSum,
  SignOutLine,
} from '../core/ledger.ts';
import type { Log } from '../core/ports.ts';
import { flushFolder, replaceFile } from './atomic-file.ts';
import { CallQueue } from './call-queue.ts';
import { nodeFileSystem, writeWhole, type FileSystem, type OpenFile } from './file-system.ts';
import {
  historyOf,
  intentText,
  outcomeText,
  readLines,
  requestsText,
  signOutText,
  type LedgerLine,
} from './ledger-lines.ts';
import { openPrivateFile, readPrivateFile } from './private-file.ts';
import { unwritableReason } from './unwritable-reason.ts';

const keptMs = 90 * 24 * 60 * 60 * 1000;
/** A larger ledger is not read. */
export const mostLedgerBytes = 64 * 1024 * 1024;
const lineFeed = 0x0a;

export interface FileLedgerParts {
  readonly home: string;
  readonly clock: Pick<Clock, 'wallNow'>;
  readonly log: Log;
  readonly files?: FileSystem;
}

/** The ledger in `ledger.jsonl`: one line of JSON for each event, on the disk before a call resolves. */
export class FileLedger implements Ledger {
  readonly #path: string;
  readonly #clock: Pick<Clock, 'wallNow'>;
  readonly #log: Log;
  readonly #files: FileSystem;
  readonly #queue = new CallQueue();

  constructor({ home, clock, log, files = nodeFileSystem }: FileLedgerParts) {
    this.#path = join(home, homeFiles.ledger);
    this.#clock = clock;
    this.#log = log;
    this.#files = files;
  }

  read(): Promise<LedgerHistory | null> {
    return this.#queue.run(() => this.#read());
  }

  appendIntent(intent: LedgerIntent): Promise<boolean> {
    return this.#append(intentText(intent));
  }

  appendOutcome(id: string, at: number, result: LedgerOutcome): Promise<boolean> {
    return this.#append(outcomeText(id, at, result));
  }

  appendSignOut(line: SignOutLine): Promise<boolean> {
    return this.#append(signOutText(line));
  }

  appendRequests(sums: readonly RequestSum[]): Promise<boolean> {
    return this.#append(sums.map(requestsText).join(''));
  }

  async #read(): Promise<LedgerHistory | null> {
    const read = await readPrivateFile(this.#path, { files: this.#files, mostBytes: mostLedgerBytes });
    if (read.kind === 'absent') return historyOf([]);
    if (read.kind !== 'content') {
      this.#log.warn('ledger_unreadable', { reason: read.kind === 'failed' ? read.reason : read.kind });
      return null;
    }
    const lines = readLines(read.bytes.toString());
    const kept = withoutOld(lines, this.#clock.wallNow());
    if (kept.length < lines.length) await this.#rewrite(kept);
    return historyOf(kept);
  }

  /** Leaves the old lines out of the file. If that fails they stay, and the next read tries again. */
  async #rewrite(lines: readonly LedgerLine[]): Promise<void> {
    const content = Buffer.from(lines.map(({ text }) => `${text}\n`).join(''));
    const written = await replaceFile(this.#path, content, { files: this.#files });
    if (!written.ok) this.#log.warn('ledger_not_pruned', { reason: written.failure });
  }

  #append(line: string): Promise<boolean> {
    return this.#queue.run(async () => {
      try {
        await this.#appendFlushed(line);
        return true;
      } catch (error) {
        this.#log.warn('ledger_unwritable', { reason: unwritableReason(error) });
        return false;
      }
    });
  }

  async #appendFlushed(line: string): Promise<void> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
    const file = await openPrivateFile(this.#path, flags, this.#files);
    try {
      const { size } = await file.stat();
      const start = (await endsInLine(file, size)) ? '' : '\n';
      await this.#writeOrUndo(file, size, Buffer.from(start + line));
    } finally {
      await file.close();
    }
    await flushFolder(dirname(this.#path), this.#files);
  }

  async #writeOrUndo(file: OpenFile, size: number, content: Buffer): Promise<void> {
    try {
      await writeWhole(file, content, null);
      await file.sync();
    } catch (error) {
      // Half a line would be skipped anyway; without it the file stays as it was.
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  }
}

/**
 * Lines of the last 90 days, reckoned from the newest of them or from now, whichever is earlier: a clock that was
 * set a year ahead must not make the ledger forget what was asked of the service today.
 */
function withoutOld(lines: readonly LedgerLine[], now: number): readonly LedgerLine[] {
  const newest = lines.reduce((latest, { at }) => Math.max(latest, at ?? latest), -Infinity);
  const oldest = Math.min(now, newest) - keptMs;
  return lines.filter(({ at }) => at === null || at >= oldest);
}

/** Whether the next line may follow here: the file is empty or its last line is whole. */
async function endsInLine(file: OpenFile, size: number): Promise<boolean> {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] === lineFeed;
}
