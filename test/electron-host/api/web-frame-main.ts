import { EventEmitter } from 'node:events';
import type { FrameDocument, FrameTree } from '../browser/frame-tree.ts';

/** One document of a frame; `detached`, and its address empty, once the frame has gone on or is gone. */
export class WebFrameMain extends EventEmitter {
  readonly processId = 1;
  readonly #tree: FrameTree;
  readonly #document: FrameDocument;
  readonly #deliver: (document: FrameDocument, channel: string, args: readonly unknown[]) => void;

  constructor(
    tree: FrameTree,
    document: FrameDocument,
    deliver: (document: FrameDocument, channel: string, args: readonly unknown[]) => void,
  ) {
    super();
    this.#tree = tree;
    this.#document = document;
    this.#deliver = deliver;
  }

  get url(): string {
    return this.#node().url;
  }
  get origin(): string {
    return this.#node().origin;
  }
  get name(): string {
    return this.#node().name;
  }
  get detached(): boolean {
    return this.isDestroyed();
  }
  get frameToken(): string {
    return this.#document.frameId;
  }
  get routingId(): number {
    return this.#document.contextId;
  }
  get frameTreeNodeId(): number {
    return Number.parseInt(this.#document.frameId.slice(0, 7), 16);
  }
  get parent(): WebFrameMain | null {
    const { parentId } = this.#node();
    return parentId === null ? null : this.#other(this.#tree.frame(parentId)?.document ?? null);
  }
  get top(): WebFrameMain | null {
    return this.#other(this.#tree.main?.document ?? null);
  }
  get frames(): WebFrameMain[] {
    return this.#tree.children(this.#document.frameId).flatMap(({ document }) => this.#other(document) ?? []);
  }
  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  isDestroyed(): boolean {
    return !this.#tree.isAlive(this.#document);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#node();
    this.#deliver(this.#document, channel, args);
  }

  #other(document: FrameDocument | null): WebFrameMain | null {
    return document === null ? null : new WebFrameMain(this.#tree, document, this.#deliver);
  }

  #node() {
    const node = this.#tree.frame(this.#document.frameId);
    if (node === null || this.isDestroyed()) {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    }
    return node;
  }
}
