import type { Session as ElectronSession, WebContents } from 'electron';
import type { CdpSession } from '../browser/cdp-connection.ts';
import type { AskedPermission } from '../control/calls.ts';
import { onControl } from '../control/control-channel.ts';

type RequestHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<ElectronSession['setPermissionCheckHandler']>[0];
type DeviceHandler = Parameters<ElectronSession['setDevicePermissionHandler']>[0];
type Permission = Parameters<NonNullable<RequestHandler>>[1];

/** Electron's permission, and Chromium's names for what hangs on it. */
const known: readonly (readonly [Permission, ...string[]])[] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera', 'microphone'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['midi', 'midi'],
  ['idle-detection', 'idle-detection'],
  ['sensors', 'accelerometer'],
  ['screen-wake-lock', 'screen-wake-lock'],
  ['persistent-storage', 'persistent-storage'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
  ['local-fonts', 'local-fonts'],
];

const asked: AskedPermission[] = [];
onControl('permissions.asked', () => asked);

/**
 * The app's three handlers. Chromium asks nobody outside, so the handlers are asked ahead, once for each page and
 * permission, and Chromium is told their answers. Without handlers all is granted, as in Electron.
 */
export class Permissions {
  #request: RequestHandler = null;
  #check: CheckHandler = null;
  #device: DeviceHandler = null;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.#device = handler;
  }

  /** Tells Chromium what the handlers say of a page at `url` (the app's address) and `origin` (Chromium's). */
  async apply(
    browser: CdpSession,
    place: { contents: WebContents; url: string; origin: string; contextId: string },
  ) {
    const { contents, url, origin, contextId: browserContextId } = place;
    for (const device of ['hid', 'serial', 'usb'] as const) {
      const details = { deviceType: device, origin: new URL(url).origin, device: {} } as never;
      asked.push({ permission: device, allowed: this.#device?.(details) ?? true });
    }
    await Promise.all(
      known.map(async ([permission, ...names]) => {
        const allowed = await this.#ask(permission, contents, url);
        asked.push({ permission, allowed });
        const setting = allowed ? 'granted' : 'denied';
        for (const name of names) {
          const wanted = { permission: { name }, setting, origin, browserContextId } as const;
          // A Chromium that knows no such permission grants none either.
          await browser.send('Browser.setPermission', wanted).catch(() => undefined);
        }
      }),
    );
  }

  async #ask(permission: Permission, contents: WebContents, url: string): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: url } as const;
    const checked = this.#check?.(contents, permission, new URL(url).origin, details) ?? true;
    const request = this.#request;
    if (!checked || request === null) return checked;
    return new Promise((resolve) => request(contents, permission, resolve, details));
  }
}
