import type { SystemClipboard } from '../../electron/desktop/token-clipboard.ts';

/** A clipboard of which a test sees everything; what a person copies is `text = …`. */
export class FakeClipboard implements SystemClipboard {
  text = '';
  /** The parts of each write. */
  readonly writes: Record<string, string | Blob>[] = [];
  cleared = 0;
  /** `ignored`: a write is accepted and comes to nothing, as on Wayland without the keyboard. */
  takes: 'all' | 'ignored' | 'refused' = 'all';
  /** How often the content was asked for. */
  reads = 0;
  /** The formats that are there. */
  formats: readonly string[] = [];

  async write(parts: Record<string, string | Blob>): Promise<void> {
    this.writes.push(parts);
    if (this.takes === 'refused') throw new Error('the clipboard is busy');
    const text = parts['text/plain'];
    if (this.takes !== 'all' || typeof text !== 'string') return;
    this.text = text;
    this.formats = Object.keys(parts);
  }

  async has(format: string): Promise<boolean> {
    return this.formats.includes(format);
  }

  async readText(): Promise<string> {
    this.reads += 1;
    return this.text;
  }

  clear(): void {
    this.cleared += 1;
    this.text = '';
    this.formats = [];
  }
}
