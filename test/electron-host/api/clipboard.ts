import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipboardBookmark } from 'electron';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';
import { BrowserWindow } from './browser-window.ts';
import { WaylandClipboard } from './wayland-clipboard.ts';
import { isWayland } from './window-system.ts';

type Payload = string | Blob | ClipboardBookmark | Promise<Blob | string>;

/** `electron.ClipboardItem`. */
export class ClipboardItem {
  #items: Readonly<Record<string, Payload>>;

  constructor(items: Record<string, Payload>) {
    if (Object.keys(items).length === 0) throw new TypeError('ClipboardItem needs at least one type');
    this.#items = { ...items };
  }

  static read(formats: Readonly<Record<string, string>>): ClipboardItem {
    const item = new ClipboardItem({ 'text/plain': '' });
    item.#items = { ...formats };
    return item;
  }

  get types(): string[] {
    return Object.keys(this.#items);
  }

  async getType(type: string): Promise<Blob> {
    if (!Object.hasOwn(this.#items, type)) throw new Error(`The type '${type}' was not found`);
    const payload = await this.#items[type];
    return payload instanceof Blob ? payload : new Blob([asText(payload)], { type });
  }
}

function asText(payload: string | ClipboardBookmark | undefined): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

/** The system's clipboard outlives the app. */
class SystemClipboard {
  readonly #file: string | null;
  #formats: Readonly<Record<string, string>> = {};
  refused = false;

  constructor(name: string) {
    const { systemFolder } = hostSettings;
    this.#file = systemFolder === undefined ? null : join(systemFolder, `${name}.json`);
  }

  get formats(): Readonly<Record<string, string>> {
    if (this.#file === null) return this.#formats;
    if (!existsSync(this.#file)) return {};
    return JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, string>;
  }
  /** One write replaces all formats; a clipboard that refuses says nothing. */
  set formats(formats: Readonly<Record<string, string>>) {
    if (this.refused) return;
    this.#formats = formats;
    if (this.#file !== null) writeFileSync(this.#file, JSON.stringify(formats), { mode: 0o600 });
  }
}

/** What Electron 44 left of `electron.clipboard`: promises, and several formats in one write. */
class Clipboard {
  readonly #system: { formats: Readonly<Record<string, string>> };

  constructor(system: { formats: Readonly<Record<string, string>> }) {
    this.#system = system;
  }

  clear(): void {
    this.#system.formats = {};
  }
  async has(mimetype: string): Promise<boolean> {
    return Object.hasOwn(this.#system.formats, mimetype);
  }
  /** One item, also of an empty clipboard; such an item has no types, and `new ClipboardItem` makes none like it. */
  async read(): Promise<ClipboardItem[]> {
    return [ClipboardItem.read(this.#system.formats)];
  }
  async readText(): Promise<string> {
    return this.#system.formats['text/plain'] ?? '';
  }
  async write(data: readonly ClipboardItem[]): Promise<void> {
    const formats: Record<string, string> = {};
    for (const item of data) {
      for (const type of item.types) formats[type] = await (await item.getType(type)).text();
    }
    this.#system.formats = formats;
  }
  async writeText(text: string): Promise<void> {
    if (typeof text !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure');
    this.#system.formats = { 'text/plain': text };
  }
}

const system = new SystemClipboard('clipboard');
const wayland = new WaylandClipboard({ system, focused: () => BrowserWindow.getFocusedWindow() !== null });

/** `electron.clipboard`. */
export const clipboard = Object.assign(new Clipboard(isWayland ? wayland : system), {
  selection: process.platform === 'linux' ? new Clipboard(new SystemClipboard('selection')) : undefined,
});

onControl('clipboard.read', async () => system.formats);
onControl('clipboard.write', (text) => {
  wayland.cancelled();
  system.formats = { 'text/plain': text };
});
onControl('clipboard.refuse', (refused) => {
  system.refused = refused;
});
