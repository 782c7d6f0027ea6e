import { EventEmitter } from 'node:events';
import type { BaseWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { needsReady } from './readiness.ts';

const open = new Set<BaseWindow>();

/** `electron.BaseWindow`: a window without a page; of it the stand-in keeps whether it is shown. */
export class BaseWindow extends EventEmitter {
  #visible: boolean;
  #destroyed = false;

  constructor({ show = true }: BaseWindowConstructorOptions = {}) {
    needsReady('Cannot create BaseWindow before app is ready');
    super();
    this.#visible = show;
    open.add(this);
  }

  static getAllWindows(): BaseWindow[] {
    return [...open];
  }

  show(): void {
    this.#visible = true;
  }
  hide(): void {
    this.#visible = false;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  close(): void {
    this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#visible = false;
    open.delete(this);
    this.emit('closed');
    if (app.openWindows().length === 0) app.allWindowsClosed();
  }
}
