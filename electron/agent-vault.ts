import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataKeyProtector } from './adapters/data-key.ts';
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

/**
 * Where a headless agent keeps its sessions: sealed by the operating system's key store; where there is none, by
 * the passphrase; else in memory. What a key store holds already stays its own, though it is locked now: no other
 * vault is begun beside it.
 */
export async function chooseAgentVault(parts: AgentVaultParts): Promise<ChosenVault> {
  const { home, wanted, passphrase } = parts;
  const keyring = new KeyringKey({ home });
  if (
    wanted === 'keyring' ||
    (wanted === null && keyringFiles.some((name) => existsSync(join(home, name))))
  ) {
    return sealed(parts, keyring, () => keyring.close());
  }
  const condition = wanted === null ? await keyring.condition() : null;
  if (condition?.kind === 'usable') return sealed(parts, keyring, () => keyring.close());
  keyring.close();
  if (passphrase !== null && wanted !== 'memory')
    return sealed(parts, new PassphraseKey(new Secret(passphrase)));

  const why =
    condition?.kind === 'locked' ? 'This computer’s key store is locked' : 'There is no key store here';
  return {
    vault: new MemoryVault(parts),
    remark:
      wanted === 'memory'
        ? 'Sessions are kept in memory only, as asked: they end with this program.'
        : `${why} and TOKEN_TRAY_PASSPHRASE is not set, so sessions are kept in memory only: they end with this program.`,
    close: () => Promise.resolve(),
  };
}

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
