import type { Bridge } from '../electron/contract/bridge.ts';

declare global {
  interface Window {
    readonly tokenTray: Bridge;
  }
}

/** The main process, as the preload script shows it to this page: all that a window can ask. */
export const bridge: Bridge = window.tokenTray;
