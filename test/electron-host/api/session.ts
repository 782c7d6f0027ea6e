import { EventEmitter } from 'node:events';
import { ownPages } from '../browser/own-pages.ts';
import { onControl } from '../control/control-channel.ts';
import { Permissions } from './permissions.ts';
import { Protocol } from './protocol.ts';
import { readiness } from './readiness.ts';
import { WebRequest } from './web-request.ts';

let proxyRules = 'DIRECT';
onControl('network.proxy', (rules) => {
  proxyRules = rules;
});

/** What windows of one partition share: a browser context of Chromium's, handlers and permissions. */
export class Session extends EventEmitter {
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  readonly permissions = new Permissions();
  readonly #persistent: boolean;
  #context: Promise<string> | null = null;

  constructor(persistent: boolean) {
    super();
    this.#persistent = persistent;
  }

  setPermissionRequestHandler(...args: Parameters<Permissions['setPermissionRequestHandler']>): void {
    this.permissions.setPermissionRequestHandler(...args);
  }
  setPermissionCheckHandler(...args: Parameters<Permissions['setPermissionCheckHandler']>): void {
    this.permissions.setPermissionCheckHandler(...args);
  }
  setDevicePermissionHandler(...args: Parameters<Permissions['setDevicePermissionHandler']>): void {
    this.permissions.setDevicePermissionHandler(...args);
  }
  /** Chromium without a screen has nothing to capture, so the handler is never asked. */
  setDisplayMediaRequestHandler(): void {
    // Nothing to do.
  }

  isPersistent(): boolean {
    return this.#persistent;
  }

  /** What the system says of a proxy, in the words of a PAC file: `DIRECT`, `PROXY host:port` … */
  async resolveProxy(): Promise<string> {
    return proxyRules;
  }

  async setProxy(config: { mode?: string; proxyRules?: string }): Promise<void> {
    if (config.mode === 'direct') proxyRules = 'DIRECT';
    else if (config.proxyRules !== undefined) proxyRules = `PROXY ${config.proxyRules}`;
  }

  async closeAllConnections(): Promise<void> {
    await Promise.resolve();
  }

  async clearCache(): Promise<void> {
    await Promise.resolve();
  }

  async clearStorageData(): Promise<void> {
    await Promise.resolve();
  }

  setSpellCheckerEnabled(): void {
    // Nothing is checked here.
  }

  /** Chromium's browser context for it. */
  browserContext(): Promise<string> {
    this.#context ??= ownPages.makeContext();
    return this.#context;
  }
}

const partitions = new Map<string, Session>();

/** `electron.session`. */
export const session = {
  get defaultSession(): Session {
    if (!readiness.ready) throw new Error('Session can only be received when app is ready');
    return partition('');
  },
  fromPartition(name: string): Session {
    if (!readiness.ready) throw new Error('Session can only be received when app is ready');
    return partition(name);
  },
};

function partition(name: string): Session {
  const made = partitions.get(name) ?? new Session(name === '' || name.startsWith('persist:'));
  partitions.set(name, made);
  return made;
}

/** `electron.protocol`: the default session's, but for the schemes' registration, which comes before `ready`. */
export const protocol = {
  registerSchemesAsPrivileged: (...args: Parameters<Protocol['registerSchemesAsPrivileged']>): void =>
    partition('').protocol.registerSchemesAsPrivileged(...args),
  handle: (...args: Parameters<Protocol['handle']>): void => partition('').protocol.handle(...args),
  unhandle: (...args: Parameters<Protocol['unhandle']>): void => partition('').protocol.unhandle(...args),
  isProtocolHandled: (scheme: string): boolean => partition('').protocol.isProtocolHandled(scheme),
};
