import { join } from 'node:path';
import type { UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Log } from '../core/ports.ts';
import { replaceFile, sweepTemporaries } from './atomic-file.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { readPrivateFile } from './private-file.ts';
import { unwritableReason } from './unwritable-reason.ts';
import { parseVault, serializeVault, type ParsedVault } from './vault-format.ts';

export interface ErasureParts {
  readonly home: string;
  readonly log: Log;
  readonly files?: FileSystem;
}

/** A session that another protection keeps in this home. */
export interface StoredElsewhere {
  readonly account: string;
  /** `safe-storage`, `keyring`, `passphrase`, or a later version's. */
  readonly protection: string;
}

interface VaultFile {
  readonly name: string;
  readonly protection: string;
  readonly previous: boolean;
}

/**
 * Deletes an account's record from all vaults of the home, whatever protects them, both generations, and what
 * killed writes left behind. Goes on after a failure, and answers the first; else whether there was a record. Needs
 * no key.
 */
export async function eraseFromEveryVault(
  account: string,
  { home, log, files = nodeFileSystem }: ErasureParts,
): Promise<Result<boolean, UnwritableReason>> {
  const listed = await vaultFiles(home, files);
  if (!listed.ok) return listed;
  const swept = await sweepTemporaries(home, { files, ofFile: (name) => vaultFile(name) !== null });
  const results: Result<boolean, UnwritableReason>[] = [swept.ok ? succeeded(false) : swept];
  // The previous generation first: dying in between leaves a session that is still shown, not a hidden one.
  for (const { name } of [...listed.value].sort(
    (one, other) => Number(other.previous) - Number(one.previous),
  )) {
    const erased = await eraseFrom(join(home, name), account, files);
    if (!erased.ok) log.warn('vault_not_erased', { file: name, reason: erased.failure });
    results.push(erased);
  }
  return results.find(({ ok }) => !ok) ?? succeeded(results.some((result) => result.ok && result.value));
}

/** The accounts that vaults of other protections in this home hold, as far as they can be read. */
export async function storedElsewhere(
  home: string,
  ownProtection: string,
  files: FileSystem = nodeFileSystem,
): Promise<readonly StoredElsewhere[]> {
  const listed = await vaultFiles(home, files);
  const found = new Map<string, StoredElsewhere>();
  for (const { name, protection } of listed.ok ? listed.value : []) {
    if (protection === ownProtection) continue;
    const parsed = await parse(join(home, name), files);
    if (parsed.ok && parsed.value?.kind === 'readable') {
      for (const { account } of parsed.value.content.accounts) {
        found.set(`${protection} ${account}`, { account, protection });
      }
    }
  }
  return [...found.values()];
}

async function eraseFrom(
  path: string,
  account: string,
  files: FileSystem,
): Promise<Result<boolean, UnwritableReason>> {
  const parsed = await parse(path, files);
  if (!parsed.ok) return parsed;
  if (parsed.value?.kind === 'newer') return failed('newer_version');
  // Garbage holds no record that any version could find again; its own vault moves it aside at its next start.
  if (parsed.value?.kind !== 'readable') return succeeded(false);
  const { content } = parsed.value;
  const erased = content.accounts.find((record) => record.account === account);
  if (!erased) return succeeded(false);
  const accounts = content.accounts.filter((record) => record !== erased);
  const floor = Math.max(content.floor, erased.generation);
  const replaced = await replaceFile(path, serializeVault({ ...content, accounts, floor }), { files });
  return replaced.ok ? succeeded(true) : replaced;
}

async function parse(path: string, files: FileSystem): Promise<Result<ParsedVault | null, UnwritableReason>> {
  const read = await readPrivateFile(path, { files });
  if (read.kind === 'failed') return failed(read.reason);
  return succeeded(read.kind === 'content' ? parseVault(read.bytes) : null);
}

async function vaultFiles(
  home: string,
  files: FileSystem,
): Promise<Result<readonly VaultFile[], UnwritableReason>> {
  try {
    return succeeded((await files.readdir(home)).flatMap((name) => vaultFile(name) ?? []));
  } catch (error) {
    return failed(unwritableReason(error));
  }
}

function vaultFile(name: string): VaultFile | null {
  const [, protection, previous] = /^vault\.([a-z-]+)(\.previous)?\.json$/.exec(name) ?? [];
  return protection === undefined ? null : { name, protection, previous: previous !== undefined };
}
