import { existsSync, readFileSync } from 'node:fs';
import type { Size } from 'electron';

/** `electron.NativeImage`: its bytes and its size; nothing is drawn here. */
export class NativeImage {
  readonly #bytes: Buffer;
  readonly #path: string | null;
  #template: boolean;

  constructor(bytes: Buffer, path: string | null) {
    this.#bytes = bytes;
    this.#path = path;
    // macOS takes it from the name.
    this.#template = /Template(@\dx)?\.\w+$/.test(path ?? '');
  }

  isEmpty(): boolean {
    const { width, height } = this.getSize();
    return width === 0 || height === 0;
  }
  getSize(): Size {
    return sizeOf(this.#bytes);
  }
  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }
  toPNG(): Buffer {
    return Buffer.from(this.#bytes);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
  get isMacTemplateImage(): boolean {
    return this.#template;
  }
  resize(): NativeImage {
    return new NativeImage(this.#bytes, this.#path);
  }
  addRepresentation(): void {
    // Further sizes are not looked at.
  }
  describe = (): string => {
    const { width, height } = this.getSize();
    return this.#path ?? `${width} × ${height}`;
  };
}

/** `electron.nativeImage`. What cannot be read is an empty image, not an error. */
export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0), null),
  createFromPath: (path: string): NativeImage =>
    new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0), path),
  createFromBuffer: (buffer: Buffer): NativeImage => new NativeImage(buffer, null),
  createFromDataURL: (url: string): NativeImage =>
    new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64'), null),
};

/** The size that a PNG or the largest picture of an ICO says it has. */
function sizeOf(bytes: Buffer): Size {
  if (bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length > 8 && bytes.readUInt32LE(0) === 0x0001_0000) {
    const count = bytes.readUInt16LE(4);
    // One byte a side, in which 256 does not fit and is 0.
    const sides = Array.from({ length: count }, (_, at) => bytes[6 + at * 16] ?? 0).map(
      (side) => side || 256,
    );
    const largest = Math.max(0, ...sides);
    return { width: largest, height: largest };
  }
  return { width: 0, height: 0 };
}
