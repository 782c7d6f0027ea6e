import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataKeyProtector } from './adapters/data-key.ts';
import type { KeyStoreReason } from './adapters/key-store-refusal.ts';
import { KeyringKey } from './adapters/keyring-key.ts';
import { MemoryVault } from './adapters/memory-vault.ts';
import { PassphraseKey } from './adapters/passphrase-key.ts';
import { SealedVault } from './adapters/vault.ts';
import { Secret } from './core/secret.ts';
import type { ChoosingParts, ChosenVault } from './home-owner.ts';

const keyringFiles = ['vault.keyring.json', 'vault.keyring.previous.json'];

export interface AgentVaultParts extends Omit<ChoosingParts, 'settings'> {
  /** What is used whatever else there is; null: what the machine offers. */
  readonly wanted: 'keyring' | 'passphrase' | 'memory' | null;
  readonly passphrase: string | null;
}

/** Who is to guard an agent's sessions. `detail`: the key store's own words; null: it was not asked, or gave none. */
export type AgentProtection =
  | { readonly kind: 'keyring'; readonly key: KeyringKey }
  | { readonly kind: 'passphrase'; readonly key: PassphraseKey }
  | {
      readonly kind: 'memory';
      readonly why: 'asked' | 'none' | 'locked';
      readonly detail: string | null;
      /** Why it is locked, where it is. */
      readonly reason?: KeyStoreReason;
    };

/**
 * The operating system's key store; where there is none, the passphrase; else memory. What a key store holds already
 * stays its own, though it is locked now: no other vault is begun beside it. Whoever gets the key store's closes it.
 */
export async function chooseProtection({
  home,
  wanted,
  passphrase,
}: Pick<AgentVaultParts, 'home' | 'wanted' | 'passphrase'>): Promise<AgentProtection> {
  const keyring = new KeyringKey({ home });
  if (
    wanted === 'keyring' ||
    (wanted === null && keyringFiles.some((name) => existsSync(join(home, name))))
  ) {
    return { kind: 'keyring', key: keyring };
  }
  const condition = wanted === null ? await keyring.condition() : null;
  if (condition?.kind === 'usable') return { kind: 'keyring', key: keyring };
  keyring.close();
  if (passphrase !== null && wanted !== 'memory') {
    return { kind: 'passphrase', key: new PassphraseKey(new Secret(passphrase)) };
  }
  if (wanted === 'memory') return { kind: 'memory', why: 'asked', detail: null };
  return condition === null
    ? { kind: 'memory', why: 'none', detail: null }
    : { ...condition, kind: 'memory', why: condition.kind };
}

/** Where a headless agent keeps its sessions: sealed by whoever `chooseProtection` says, or in memory. */
export async function chooseAgentVault(parts: AgentVaultParts): Promise<ChosenVault> {
  const chosen = await chooseProtection(parts);
  if (chosen.kind === 'keyring') return sealed(parts, chosen.key, () => chosen.key.close());
  if (chosen.kind === 'passphrase') return sealed(parts, chosen.key);
  return { vault: new MemoryVault(parts), remark: memoryRemark(chosen), close: () => Promise.resolve() };
}

/** Why sessions end with the program, in the key store's own words where it gave any, and what to do. */
export function memoryRemark({ why, detail, reason }: Extract<AgentProtection, { kind: 'memory' }>): string {
  if (why === 'asked') return 'Sessions are kept in memory only, as asked: they end with this program.';
  const said = detail === null ? '' : ` (it says: ${detail.replace(/\p{Cc}+/gu, ' ').trim()})`;
  const cause =
    why === 'locked'
      ? `This computer’s key store cannot be used now${said}`
      : `There is no key store here${said}`;
  return (
    `${cause}, and TOKEN_TRAY_PASSPHRASE is not set, so sessions are kept in memory only: they end with this program. ` +
    `To keep them, ${reason === undefined ? '' : (remedies[reason] ?? '')}start again with TOKEN_TRAY_PASSPHRASE or TOKEN_TRAY_PASSPHRASE_FILE.`
  );
}

/** What a person can do besides, before the words about the passphrase. */
const remedies: Partial<Readonly<Record<KeyStoreReason, string>>> = {
  key_store_denied: 'start again and allow Token Tray at the prompt (on macOS “Always Allow”), or ',
  key_store_no_prompt: 'run security unlock-keychain and start again in the same ssh session, or ',
};

function sealed(
  parts: AgentVaultParts,
  protector: DataKeyProtector,
  end: () => void = () => undefined,
): ChosenVault {
  const vault = new SealedVault({ ...parts, protector });
  const close = async (): Promise<void> => {
    end();
    await vault.close();
  };
  return { vault, remark: null, close };
}
