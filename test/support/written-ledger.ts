import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileLedger } from '../../electron/adapters/ledger.ts';
import type { LedgerIntent } from '../../electron/core/ledger.ts';
import { FakeClock } from './fake-clock.ts';
import { FaultyFiles } from './faulty-files.ts';
import { RememberingLog } from './remembering-log.ts';
import { session } from './session-records.ts';

const { account, service, username } = session(1);

/** Anna's refresh for a tool, under the id of its line. */
export function intent(id: string, at: number): LedgerIntent {
  const whose = { account, service, username, protection: 'keyring', generation: 3 } as const;
  return { id, at, ...whose, request: 'refresh', cause: 'tool', tool: 'sync', beyondBudget: false };
}

/** A ledger on the disk of a home, with all that a test turns or looks at. */
export function ledgerIn(home: string, files = new FaultyFiles()) {
  const clock = new FakeClock();
  const log = new RememberingLog();
  const ledger = new FileLedger({ home, clock, log, files });
  const path = join(home, 'ledger.jsonl');
  return {
    clock,
    now: clock.wallNow(),
    log,
    ledger,
    path,
    files,
    /** The file's lines; the last one is empty where the file ends as it should. */
    lines: async () => (await readFile(path, 'utf8')).split('\n'),
    /** The ids of the entries that are read, null where they cannot be. */
    ids: async () => (await ledger.read())?.entries.map((entry) => entry.intent.id) ?? null,
  };
}
