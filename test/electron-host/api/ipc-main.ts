import { EventEmitter } from 'node:events';
import { onControl } from '../control/control-channel.ts';
import type { WebFrameMain } from './web-frame-main.ts';

/** What a handler is told of a message besides its arguments. */
export interface IpcEvent {
  readonly type: 'frame';
  readonly sender: object;
  readonly senderFrame: WebFrameMain | null;
  readonly frameId: number;
  readonly processId: number;
  reply(channel: string, ...args: unknown[]): void;
  returnValue: unknown;
}

type Handler = (event: never, ...args: never[]) => unknown;
type Asked = (event: IpcEvent, ...args: unknown[]) => unknown;

/** `electron.ipcMain`. Messages come from pages alone, copied by the structured clone algorithm. */
class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Asked>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof handler !== 'function') {
      throw new Error(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.#handlers.set(channel, handler as unknown as Asked);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event: IpcEvent, ...args: unknown[]) => {
      this.removeHandler(channel);
      return (handler as unknown as Asked)(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  channels(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  /** Runs the handler; throws what it throws, or that there is none. */
  async answer(channel: string, event: IpcEvent, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new NoHandler(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

class NoHandler extends Error {
  override name = 'Error';
}

const main = new IpcMain();
export const ipcMain = main;

onControl('ipc.listeners', () => ({
  handled: main.channels(),
  listened: main.eventNames().map(String),
}));
