import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';
import { needsReady } from './readiness.ts';

let state = hostSettings.notifications ?? 'allowed';
/** On macOS the presenter asks the person for permission when it is made, which the first of either call does. */
let asked = false;
const shown = new Map<string, Notification>();

/** `electron.Notification`. One with the id of another takes its place. */
export class Notification extends EventEmitter {
  readonly id: string;
  title: string;
  body: string;
  subtitle: string;
  silent: boolean;
  urgency: 'normal' | 'critical' | 'low';

  constructor(options: NotificationConstructorOptions = {}) {
    needsReady('Cannot create Notification before app is ready');
    super();
    asked = true;
    this.id = options.id ?? randomUUID();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.subtitle = options.subtitle ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
  }

  static isSupported(): boolean {
    asked = true;
    return state !== 'unsupported';
  }

  show(): void {
    if (state === 'unsupported') return;
    setImmediate(() => {
      if (state === 'refused') {
        this.emit('failed', {}, 'Notifications are not allowed for this application');
        return;
      }
      shown.set(this.id, this);
      this.emit('show', {});
    });
  }
  close(): void {
    if (shown.get(this.id) !== this) return;
    shown.delete(this.id);
    this.emit('close', { reason: 'applicationHidden' });
  }
}

// Electron: shell/browser/electron_browser_client.cc, notifications/mac/notification_presenter_mac.mm.
onControl('notifications.asked', () => asked);
onControl('notifications.set', (wanted) => {
  state = wanted;
});
onControl('notifications.list', () =>
  [...shown.values()].map(({ id, title, body, urgency, silent }) => ({ id, title, body, urgency, silent })),
);
onControl('notifications.act', (id, act) => {
  const notification = shown.get(id);
  if (notification === undefined) throw new Error(`No notification ${id} is shown.`);
  shown.delete(id);
  notification.emit(act, act === 'close' ? { reason: 'userCanceled' } : {});
});
