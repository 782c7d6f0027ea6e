import { join } from 'node:path';
import type { HomeFinding } from '../../contract/doctor-findings.ts';
import { homeFiles } from '../../contract/home.ts';
import type { KeyStoreName } from '../../contract/session-states.ts';
import type { LedgerEntry } from '../../core/ledger.ts';
import type { Log } from '../../core/ports.ts';
import { damagedLines } from '../ledger-lines.ts';
import { FileLedger, mostLedgerBytes } from '../ledger.ts';
import { mostFileBytes, readPrivateFile } from '../private-file.ts';
import { openFileSettings } from '../settings-file.ts';
import { systemClock } from '../system-clock.ts';
import { FileTools } from '../tools-file.ts';
import { storedElsewhere, type StoredElsewhere } from '../vault-erasure.ts';
import { VaultFiles, type LoadedVault } from '../vault-files.ts';
import { LookingFiles } from './looking-files.ts';

/** The protections whose vaults are files. */
export type StoredProtection = Exclude<KeyStoreName, 'memory'>;

export interface StoredLook {
  readonly findings: readonly HomeFinding[];
  /** The port that the settings ask for; null: none. */
  readonly port: number | null;
  readonly vaults: Readonly<Record<StoredProtection, LoadedVault>>;
  /** The services of the stored accounts, each once. */
  readonly services: readonly string[];
  /** How many requests ended with the process, so that only the service knows what came of them. */
  readonly openRequests: number;
}

const silent: Log = { info: () => undefined, warn: () => undefined };
const protections = ['safe-storage', 'keyring', 'passphrase'] as const;
const nothing: LoadedVault = { current: null, previous: null, blocked: null };

/** What is found where nothing can be looked into. */
export const nothingStored: StoredLook = {
  findings: [],
  port: null,
  vaults: { 'safe-storage': nothing, keyring: nothing, passphrase: nothing },
  services: [],
  openRequests: 0,
};

/** Reads what is stored by the program's own readers, and changes nothing: what they would set aside is told. */
export async function lookAtStored(home: string): Promise<StoredLook> {
  const files = new LookingFiles();
  const parts = { home, files, log: silent, clock: systemClock };
  const newer: string[] = [];

  const vaults = { ...nothingStored.vaults };
  for (const protection of protections) {
    const loaded = await new VaultFiles(protection, parts).load();
    if (loaded.ok) vaults[protection] = loaded.value;
    else if (loaded.failure === 'newer_version') newer.push(`vault.${protection}.json`);
  }
  const tools = await new FileTools(parts).read();
  if (!tools.ok && tools.failure === 'newer_version') newer.push(homeFiles.tools);
  const ignored: HomeFinding[] = [];
  const settings = await openFileSettings({
    ...parts,
    // What is wrong with the whole file is found with the other files.
    trouble: (finding) => {
      if (finding.code === 'setting_ignored') ignored.push(finding);
    },
  });
  const history = await new FileLedger(parts).read();

  const troubles = await unreadable(home, files);
  const isTooLarge = (name: string) =>
    troubles.some((trouble) => trouble.code === 'file_too_large' && trouble.file === name);

  const records = Object.values(vaults).flatMap(recordsOf);
  return {
    findings: [
      ...files.moved
        .filter((file) => !isTooLarge(file))
        .map((file) => ({ code: 'file_corrupt', file }) as const),
      ...newer.map((file) => ({ code: 'file_unreadable', file, reason: 'newer_version' }) as const),
      ...troubles,
      ...ignored,
    ],
    port: settings.get('port'),
    vaults,
    services: [...new Set(records.map(({ service }) => service))],
    openRequests: unsettled(history?.entries ?? [], vaults),
  };
}

/** The accounts under other protections than the one in use. */
export function lookElsewhere(home: string, protection: KeyStoreName): Promise<readonly StoredElsewhere[]> {
  return storedElsewhere(home, protection, new LookingFiles());
}

/** What keeps files from being read, by file; the look at the files from outside finds links and folders. */
async function unreadable(home: string, files: LookingFiles): Promise<readonly FileTrouble[]> {
  const findings: FileTrouble[] = [];
  const vaultNames = protections.flatMap((name) => [`vault.${name}.json`, `vault.${name}.previous.json`]);
  for (const file of [...vaultNames, homeFiles.tools, homeFiles.settings, homeFiles.ledger]) {
    const path = join(home, file);
    const most = file === homeFiles.ledger ? mostLedgerBytes : mostFileBytes;
    const read = await readPrivateFile(path, { files, mostBytes: most });
    if (read.kind === 'too_large') {
      const { size: bytes } = await files.lstat(path);
      findings.push({ code: 'file_too_large', file, bytes, most });
    }
    if (read.kind === 'failed' && read.reason !== 'not_a_file') {
      findings.push({ code: 'file_unreadable', file, reason: read.reason });
    }
    const lines =
      file === homeFiles.ledger && read.kind === 'content' ? damagedLines(read.bytes.toString()) : 0;
    if (lines > 0) findings.push({ code: 'ledger_damaged', lines });
  }
  return findings;
}

type FileTrouble = Extract<HomeFinding, { code: 'file_too_large' | 'file_unreadable' | 'ledger_damaged' }>;

/** Of each account and protection the last request counts: a newer generation in the vault has settled it. */
function unsettled(
  entries: readonly LedgerEntry[],
  vaults: Readonly<Record<StoredProtection, LoadedVault>>,
): number {
  const last = new Map(
    entries.map((entry) => [`${entry.intent.protection} ${entry.intent.account}`, entry] as const),
  );
  return [...last.values()].filter(({ intent, outcome }) => {
    if (outcome !== null || intent.protection === 'memory') return false;
    const record = recordsOf(vaults[intent.protection]).find(({ account }) => account === intent.account);
    return record !== undefined && record.generation <= intent.generation;
  }).length;
}

function recordsOf({ current, previous }: LoadedVault) {
  return (current ?? previous)?.content.accounts ?? [];
}
