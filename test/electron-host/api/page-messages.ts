import type { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import type { FrameDocument, FrameTree } from '../browser/frame-tree.ts';
import type { PageTarget } from '../browser/page-target.ts';
import { wireValues } from '../page/wire-values.ts';
import { ipcMain, type IpcEvent } from './ipc-main.ts';
import { inputHappened } from './wayland-clipboard.ts';
import { WebFrameMain } from './web-frame-main.ts';
import type { WindowRequests } from './window-requests.ts';

const values = wireValues();

/** What the preload's world writes (page/preload-world.ts). */
type PageMessage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly path: string; readonly message: string }
  | { readonly kind: 'open'; readonly url: string; readonly name: string; readonly features: string }
  | { readonly kind: 'navigate'; readonly url: string }
  | { readonly kind: 'input'; readonly type: 'mouseDown' | 'rawKeyDown' };

type Contents = EventEmitter & { readonly windowRequests: WindowRequests };

/** The messages between one window's documents and the main process. */
export class PageMessages {
  readonly #contents: Contents;
  readonly #tree: FrameTree;
  readonly #page: PageTarget;
  readonly #navigate: (url: string, document: FrameDocument) => void;

  constructor(
    contents: Contents,
    tree: FrameTree,
    page: PageTarget,
    navigate: (url: string, document: FrameDocument) => void,
  ) {
    this.#contents = contents;
    this.#tree = tree;
    this.#page = page;
    this.#navigate = navigate;
  }

  frame(document: FrameDocument): WebFrameMain {
    return new WebFrameMain(this.#tree, document, (...to) => this.deliver(...to));
  }

  /** Sends to a document; throws Electron's words for what cannot be copied. */
  deliver({ contextId }: FrameDocument, channel: string, args: readonly unknown[]): void {
    this.#tell(contextId, { channel, args: values.encode(args) });
  }

  receive(contextId: number, text: string): void {
    const document = this.#tree.documentOf(contextId);
    if (document === null) return;
    const message = JSON.parse(text) as PageMessage;
    if (message.kind === 'input') {
      inputHappened();
      this.#contents.emit('input-event', {}, { type: message.type });
    } else if (message.kind === 'navigate') this.#navigate(message.url, document);
    else if (message.kind === 'open')
      this.#contents.windowRequests.ask(message.url, message.name, message.features);
    else if (message.kind === 'preload-error') {
      this.#contents.emit('preload-error', {}, message.path, new Error(message.message));
    } else if (message.kind === 'send') {
      const event = this.#event(document);
      const args = values.decode(message.args) as unknown[];
      this.#contents.emit('ipc-message', event, message.channel, ...args);
      ipcMain.emit(message.channel, event, ...args);
    } else {
      const args = values.decode(message.args) as unknown[];
      void this.#answer(document, message.id, message.channel, args);
    }
  }

  async #answer(document: FrameDocument, id: number, channel: string, args: unknown[]): Promise<void> {
    let answer: { result: string } | { error: string };
    try {
      answer = { result: values.encode(await ipcMain.answer(channel, this.#event(document), args)) };
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      answer = { error: error instanceof Error ? error.toString() : inspect(error) };
    }
    this.#tell(document.contextId, { id, channel, ...answer });
  }

  #event(document: FrameDocument): IpcEvent {
    const frame = this.frame(document);
    const deliver = (channel: string, ...args: unknown[]) => this.deliver(document, channel, args);
    return {
      type: 'frame',
      sender: this.#contents,
      get senderFrame() {
        return frame.isDestroyed() ? null : frame;
      },
      frameId: document.contextId,
      processId: 1,
      reply: deliver,
      returnValue: undefined,
    };
  }

  #tell(contextId: number, message: object): void {
    void this.#page.callPreloadWorld(contextId, 'electronHostReceive', JSON.stringify(message));
  }
}
