import { appUrl } from './app-urls.ts';
import type { CdpSession } from './cdp-connection.ts';
import { preloadWorldName } from './preload-script.ts';

/** A document of a frame: it is gone once the frame navigates on or is taken out. */
export interface FrameDocument {
  readonly frameId: string;
  /** The preload's world of it. */
  readonly contextId: number;
}

interface FrameNode {
  readonly id: string;
  readonly parentId: string | null;
  url: string;
  origin: string;
  name: string;
  document: FrameDocument | null;
}

/** The frames of a page as the protocol reports them. */
export class FrameTree {
  readonly #frames = new Map<string, FrameNode>();
  #mainId = '';

  constructor(session: CdpSession) {
    session.listen('Page.frameAttached', ({ frameId, parentFrameId }) => this.#node(frameId, parentFrameId));
    session.listen('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#frames.delete(frameId);
    });
    session.listen('Page.frameNavigated', ({ frame }) => {
      const node = this.#node(frame.id, frame.parentId ?? null);
      node.url = appUrl(frame.url + (frame.urlFragment ?? ''));
      node.origin = originOf(frame.securityOrigin, node.url);
      node.name = frame.name ?? '';
    });
    session.listen('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const node = this.#frames.get(frameId);
      if (node !== undefined) node.url = appUrl(url);
    });
    session.listen('Runtime.executionContextCreated', ({ context: { id, name, auxData, origin } }) => {
      const { frameId } = (auxData ?? {}) as { frameId?: string };
      if (name !== preloadWorldName || frameId === undefined) return;
      const node = this.#node(frameId, null);
      node.origin = originOf(origin, node.url);
      node.document = { frameId, contextId: id };
    });
    session.listen('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#forget((contextId) => contextId === executionContextId),
    );
    session.listen('Runtime.executionContextsCleared', () => this.#forget(() => true));
    session.listen('Inspector.targetCrashed', () => this.#forget(() => true));
  }

  get main(): FrameNode | null {
    return this.#frames.get(this.#mainId) ?? null;
  }

  frame(frameId: string): FrameNode | null {
    return this.#frames.get(frameId) ?? null;
  }

  children(frameId: string): readonly FrameNode[] {
    return [...this.#frames.values()].filter(({ parentId }) => parentId === frameId);
  }

  documentOf(contextId: number): FrameDocument | null {
    for (const { document } of this.#frames.values()) if (document?.contextId === contextId) return document;
    return null;
  }

  isAlive({ frameId, contextId }: FrameDocument): boolean {
    return this.#frames.get(frameId)?.document?.contextId === contextId;
  }

  #node(id: string, parentId: string | null): FrameNode {
    const known = this.#frames.get(id);
    if (known !== undefined) return known;
    const node: FrameNode = { id, parentId, url: '', origin: 'null', name: '', document: null };
    this.#frames.set(id, node);
    if (parentId === null) this.#mainId = id;
    return node;
  }

  #forget(isGone: (contextId: number) => boolean): void {
    for (const node of this.#frames.values()) {
      if (node.document !== null && isGone(node.document.contextId)) node.document = null;
    }
  }
}

function originOf(securityOrigin: string, url: string): string {
  if (securityOrigin === '://' || securityOrigin === '') return url.startsWith('file:') ? 'file://' : 'null';
  return appUrl(securityOrigin);
}
