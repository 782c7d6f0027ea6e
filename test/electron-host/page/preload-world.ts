import { wireValues } from './wire-values.ts';
import { worldBridge } from './world-bridge.ts';

type Listener = (...args: unknown[]) => void;

/** What the page's isolated world is told at its start. */
export interface PreloadSettings {
  /** The name of the function by which this world writes to the main process. */
  readonly binding: string;
  /** The names of the two sides of the bridge. */
  readonly here: string;
  readonly there: string;
  /** The preload runs in subframes too (`nodeIntegrationInSubFrames`). */
  readonly subframes: boolean;
  /** What `process` shows in a sandboxed preload. */
  readonly process: Readonly<Record<string, unknown>>;
}

/**
 * The world of the preload: what Electron gives a sandboxed one, and no more. Self-contained but for `wireValues`,
 * `bridgeWire` and `worldBridge`, as its source runs in the page.
 */
export function preloadWorld({ binding, here, there, subframes, process: shown }: PreloadSettings): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const write = world[binding] as (text: string) => void;
  Reflect.deleteProperty(world, binding);
  const { encode, decode } = wireValues();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  class EventEmitter {
    readonly #listeners = new Map<string, { listener: Listener; call: Listener }[]>();

    on(name: string, listener: Listener, call = listener): this {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, call }]);
      return this;
    }
    addListener(name: string, listener: Listener): this {
      return this.on(name, listener);
    }
    once(name: string, listener: Listener): this {
      const call = (...args: unknown[]) => {
        this.off(name, listener);
        listener(...args);
      };
      return this.on(name, listener, call);
    }
    off(name: string, listener: Listener): this {
      const kept = this.#listeners.get(name) ?? [];
      const at = kept.findLastIndex((entry) => entry.listener === listener);
      this.#listeners.set(name, at < 0 ? kept : kept.toSpliced(at, 1));
      return this;
    }
    removeListener(name: string, listener: Listener): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string): this {
      if (name === undefined) this.#listeners.clear();
      else this.#listeners.delete(name);
      return this;
    }
    listenerCount(name: string): number {
      return this.#listeners.get(name)?.length ?? 0;
    }
    emit(name: string, ...args: unknown[]): boolean {
      const called = this.#listeners.get(name) ?? [];
      for (const { call } of called) call(...args);
      return called.length > 0;
    }
  }

  class IpcRenderer extends EventEmitter {
    send(channel: string, ...args: unknown[]): void {
      write(JSON.stringify({ kind: 'send', channel, args: encode(args) }));
    }
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = (lastId += 1);
      const text = encode(args);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        write(JSON.stringify({ kind: 'invoke', id, channel, args: text }));
      });
    }
    sendSync(): never {
      throw new Error('The stand-in for Electron has no synchronous messages.');
    }
  }

  const ipcRenderer = new IpcRenderer();
  const bridge = worldBridge(here, there);
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api),
  };
  const modules: Readonly<Record<string, unknown>> = {
    electron: { contextBridge, ipcRenderer },
    'electron/renderer': { contextBridge, ipcRenderer },
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };

  function preloadRequire(name: string): unknown {
    const known = name.startsWith('node:') ? name.slice('node:'.length) : name;
    if (!Object.hasOwn(modules, known)) throw new Error(`module not found: ${name}`);
    return modules[known];
  }

  /** A message from the main process; called by the protocol's evaluation in this world. */
  const receive = (text: string): void => {
    const message = JSON.parse(text) as {
      id?: number;
      channel: string;
      args: string;
      error?: string;
      result?: string;
    };
    if (message.id === undefined) {
      const event = { sender: ipcRenderer, ports: [] };
      ipcRenderer.emit(message.channel, event, ...(decode(message.args) as unknown[]));
      return;
    }
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.error === undefined) resolve?.(decode(message.result ?? encode(undefined)));
    else reject?.(new Error(`Error invoking remote method '${message.channel}': ${message.error}`));
  };

  /** Runs the preload's text, which comes as a function of its own so that a slip in it does not stop this one. */
  const run = (path: string, preload: (...scope: unknown[]) => void): void => {
    if (window !== window.top && !subframes) return;
    const process = Object.assign(new EventEmitter(), shown);
    const module = { exports: {} };
    try {
      preload(preloadRequire, process, undefined, globalThis, undefined, undefined, module.exports, module);
    } catch (error) {
      console.error(`Unable to load preload script: ${path}`);
      console.error(error);
      const { message } = error as Error;
      write(JSON.stringify({ kind: 'preload-error', path, message }));
    }
  };

  for (const [name, value] of Object.entries({ electronHostReceive: receive, electronHostRun: run })) {
    Object.defineProperty(world, name, { value, enumerable: false });
  }

  window.addEventListener(`${here}:open`, (event) => {
    const [url, name, features] = (event as CustomEvent<string[]>).detail;
    write(JSON.stringify({ kind: 'open', url, name, features }));
  });

  // The main process hears of a key or button before the page does (Electron: `input-event`).
  for (const [name, type] of Object.entries({ pointerdown: 'mouseDown', keydown: 'rawKeyDown' }))
    window.addEventListener(
      name,
      ({ isTrusted }) => {
        if (isTrusted) write(JSON.stringify({ kind: 'input', type }));
      },
      true,
    );

  // What the network layer does not see: a blob, and the app's own scheme, which Chromium does not know.
  navigation.addEventListener('navigate', (event) => {
    const { url } = event.destination;
    if (/^(https?|about|javascript):/.test(url) || !event.cancelable) return;
    event.preventDefault();
    write(JSON.stringify({ kind: 'navigate', url }));
  });
}
