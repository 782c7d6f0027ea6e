import type { CustomScheme } from 'electron';
import { isStandardScheme, useStandardScheme } from '../browser/app-urls.ts';
import { readiness } from './readiness.ts';

type Handler = (request: Request) => Response | Promise<Response>;

let registered = false;

/** One session's handlers. The calls that Electron has deprecated (`registerFileProtocol` …) are absent. */
export class Protocol {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (readiness.ready) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged should be called only once');
    registered = true;
    for (const { scheme, privileges: given = {} } of customSchemes) {
      if (given.standard === true && given.secure === true) useStandardScheme(scheme);
    }
  }

  handle(scheme: string, handler: Handler): void {
    if (!readiness.ready) throw new Error('protocol.handle should be called after app is ready');
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!isStandardScheme(scheme)) {
      throw new Error(
        `The stand-in serves schemes that were registered as standard and secure only, not ${scheme}:`,
      );
    }
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme) || ['http', 'https', 'file', 'data', 'blob', 'about'].includes(scheme);
  }

  /** The handler's answer; `null` where nobody handles the address. */
  async answer(request: Request): Promise<Response | null> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler === undefined ? null : handler(request);
  }
}
