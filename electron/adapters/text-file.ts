import { readPrivateFile } from './private-file.ts';
import { replaceFile } from './atomic-file.ts';
import { nodeFileSystem } from './file-system.ts';

/** A small text in a file of the home (0600), for what may be lost. Never rejects for the disk. */
export class TextFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null: there is none, or it cannot be read. */
  async read(): Promise<string | null> {
    const read = await readPrivateFile(this.#path, { mostBytes: 4096 });
    return read.kind === 'content' ? read.bytes.toString() : null;
  }

  async write(text: string): Promise<void> {
    await replaceFile(this.#path, Buffer.from(text));
  }

  async remove(): Promise<void> {
    await nodeFileSystem.unlink(this.#path).catch(() => undefined);
  }
}
