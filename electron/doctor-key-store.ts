import type { DataKeyProtector } from './adapters/data-key.ts';
import type { StoredProtection } from './adapters/doctor/stored-look.ts';
import type { KeyringKey } from './adapters/keyring-key.ts';
import { VaultKeys } from './adapters/vault-keys.ts';
import type { LoadedVault } from './adapters/vault-files.ts';
import { chooseProtection, type AgentProtection } from './agent-vault.ts';
import type { KeyStoreFinding, MemoryReason } from './contract/doctor-findings.ts';
import type { KeyStoreName } from './contract/session-states.ts';

export interface KeyStoreCheck {
  readonly home: string;
  readonly vaults: Readonly<Record<StoredProtection, LoadedVault>>;
  /** `TOKEN_TRAY_KEY_STORE` as it stands there; null: unset. */
  readonly wanted: string | null;
  readonly passphrase: string | null;
}

export interface KeyStoreLook {
  /** What would guard the sessions of the next start; null: nothing that could be named. */
  readonly protection: KeyStoreName | null;
  readonly findings: readonly KeyStoreFinding[];
}

const names = ['keyring', 'passphrase', 'memory'] as const;

/**
 * What the next start of an agent would find, tried by the agent's own choice and with its own key. Where nothing is stored yet, the key store is tried by an entry that is taken away again.
 */
export async function checkKeyStore(check: KeyStoreCheck): Promise<KeyStoreLook> {
  const { home, vaults, passphrase } = check;
  const wanted = names.find((name) => name === check.wanted) ?? null;
  if (check.wanted !== wanted) return { protection: null, findings: [{ code: 'key_store_unknown' }] };
  if (wanted === 'passphrase' && passphrase === null) {
    return { protection: 'passphrase', findings: [{ code: 'passphrase_missing' }] };
  }
  const chosen = await chooseProtection({ home, wanted, passphrase });
  if (chosen.kind === 'memory') {
    const { why, detail } = chosen;
    // What is stored under a passphrase waits for it.
    const waits = holdsSessions(vaults.passphrase) && why !== 'asked';
    if (waits) return { protection: 'passphrase', findings: [{ code: 'passphrase_missing' }] };
    return { protection: 'memory', findings: [{ code: 'memory_only', why: memoryReason(chosen), detail }] };
  }
  const vault = vaults[chosen.kind];
  if (chosen.kind === 'passphrase') {
    const wrong = holdsSessions(vault) && (await opensVault(chosen.key, vault)) !== 'opened';
    return {
      protection: 'passphrase',
      findings: [wrong ? { code: 'passphrase_wrong' } : { code: 'key_store_good', store: 'passphrase' }],
    };
  }
  try {
    return { protection: 'keyring', findings: [await checkKeyring(chosen.key, vault)] };
  } finally {
    chosen.key.close();
  }
}

function memoryReason({ why, reason }: Extract<AgentProtection, { kind: 'memory' }>): MemoryReason {
  if (reason === 'key_store_denied') return 'denied';
  return reason === 'key_store_no_prompt' ? 'no_prompt' : why;
}

/** The store first, then what it guards: once it has opened, reading its entry asks nobody anything. */
export async function checkKeyring(key: KeyringKey, vault: LoadedVault): Promise<KeyStoreFinding> {
  const stored = holdsSessions(vault);
  const condition = await key.condition();
  if (condition.kind === 'none') return { code: 'key_store_gone', detail: condition.detail };
  if (condition.kind === 'locked') {
    const { detail, reason } = condition;
    return { code: 'key_store_locked', detail, stored, reason };
  }
  const opened = stored ? await opensVault(key, vault) : 'opened';
  if (opened === 'locked') {
    return { code: 'key_store_locked', detail: key.lastDetail, stored, reason: 'key_store' };
  }
  return opened === 'opened' ? { code: 'key_store_good', store: 'keyring' } : { code: 'key_lost' };
}

function holdsSessions({ current, previous }: LoadedVault): boolean {
  return current !== null || previous !== null;
}

async function opensVault(
  protector: DataKeyProtector,
  vault: LoadedVault,
): Promise<'opened' | 'locked' | 'undecryptable'> {
  const keys = new VaultKeys(protector);
  const stored = await keys.stored(vault);
  keys.forget();
  if (!stored.ok) return 'locked';
  return stored.value ? 'opened' : 'undecryptable';
}
