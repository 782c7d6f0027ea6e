import { basename, join } from 'node:path';
import type { UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';
import { replaceFile, tryWriting } from './atomic-file.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { readPrivateFile } from './private-file.ts';
import { copyAside, moveAside, type AsideReason } from './set-aside.ts';
import { parseVault, serializeVault, type VaultContent } from './vault-format.ts';

/** A vault file was not as it should be and was kept under another name, for a person to be told. */
export interface VaultNotice {
  readonly kind: AsideReason;
  /** The names in the home of what was found and of where it is now. */
  readonly file: string;
  readonly keptAs: string;
}

export interface VaultFilesParts {
  readonly home: string;
  readonly clock: Pick<Clock, 'wallNow'>;
  readonly log: Log;
  readonly files?: FileSystem;
  readonly notice?: (notice: VaultNotice) => void;
}

/** One generation of the vault as it stands on the disk. */
export interface VaultGeneration {
  readonly bytes: Buffer;
  readonly content: VaultContent;
}

/** Both generations. `blocked`: garbage stands in the place of one, and could not be moved aside. */
export interface LoadedVault {
  readonly current: VaultGeneration | null;
  readonly previous: VaultGeneration | null;
  readonly blocked: UnwritableReason | null;
}

/** The two files of one protection's vault: how they are named, read, kept and set aside. Knows no key. */
export class VaultFiles {
  readonly #current: string;
  readonly #previous: string;
  readonly #parts: VaultFilesParts & { readonly files: FileSystem };

  constructor(protection: KeyStoreName, parts: VaultFilesParts) {
    this.#current = join(parts.home, `vault.${protection}.json`);
    this.#previous = join(parts.home, `vault.${protection}.previous.json`);
    this.#parts = { files: nodeFileSystem, ...parts };
  }

  /**
   * Reads both generations. What cannot be a vault is moved aside. Fails with `newer_version` for the file of a
   * later version, which is left as it is, and with what the disk says where a file cannot be read.
   */
  async load(): Promise<Result<LoadedVault, UnwritableReason>> {
    const current = await this.#loadOne(this.#current);
    if (!current.ok) return current;
    const previous = await this.#loadOne(this.#previous);
    if (!previous.ok) return previous;
    return succeeded({
      current: current.value.generation,
      previous: previous.value.generation,
      blocked: current.value.blocked ?? previous.value.blocked,
    });
  }

  /** Puts a new generation in place; the current one, where there is one, becomes the previous one. */
  async save(content: VaultContent, loaded: LoadedVault): Promise<Result<null, UnwritableReason>> {
    if (loaded.blocked) return failed(loaded.blocked);
    const bytes = serializeVault(content);
    // What could not be read again is not written in the first place.
    if (parseVault(bytes).kind !== 'readable') return failed('input_output');
    const { files } = this.#parts;
    const { current } = loaded;
    const earlier = current && { path: this.#previous, bytes: current.bytes };
    return replaceFile(this.#current, bytes, earlier ? { files, earlier } : { files });
  }

  /** Keeps a copy of the stored generation, whose seals do not open, before it is written over. */
  async keepUndecryptable({ current, previous }: LoadedVault): Promise<Result<null, UnwritableReason>> {
    const [path, generation] = current ? [this.#current, current] : [this.#previous, previous];
    if (!generation) return succeeded(null);
    const kept = await copyAside(path, generation.bytes, 'undecryptable', this.#parts);
    if (!kept.ok) return kept;
    this.#tell({ kind: 'undecryptable', file: basename(path), keptAs: kept.value });
    return succeeded(null);
  }

  /** Whether a generation could be saved now, as far as can be tried without saving one. */
  async tryWriting({ current, blocked }: LoadedVault): Promise<Result<null, UnwritableReason>> {
    if (blocked) return failed(blocked);
    const roomForOneMore = 32 * 1024;
    return tryWriting(this.#current, (current?.bytes.length ?? 0) + roomForOneMore, this.#parts.files);
  }

  async #loadOne(
    path: string,
  ): Promise<
    Result<{ generation: VaultGeneration | null; blocked: UnwritableReason | null }, UnwritableReason>
  > {
    const read = await readPrivateFile(path, this.#parts);
    if (read.kind === 'failed') return failed(read.reason);
    if (read.kind === 'absent') return succeeded({ generation: null, blocked: null });
    if (read.kind === 'content') {
      const parsed = parseVault(read.bytes);
      if (parsed.kind === 'newer') return failed('newer_version');
      if (parsed.kind === 'readable') {
        return succeeded({ generation: { bytes: read.bytes, content: parsed.content }, blocked: null });
      }
    }
    const moved = await moveAside(path, 'corrupt', this.#parts);
    if (moved.ok) this.#tell({ kind: 'corrupt', file: basename(path), keptAs: moved.value });
    return succeeded({ generation: null, blocked: moved.ok ? null : moved.failure });
  }

  #tell(notice: VaultNotice): void {
    this.#parts.log.warn('vault_set_aside', { ...notice });
    this.#parts.notice?.(notice);
  }
}
