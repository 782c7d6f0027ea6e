import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventChannels, requestChannels } from '../../electron/contract/bridge.ts';
import { AttackedApp } from '../support/attacked-app.ts';

let attacked: AttackedApp;
let page: Page;

beforeAll(async () => {
  attacked = await AttackedApp.start();
  page = await attacked.signIn();
});
afterAll(async () => attacked[Symbol.asyncDispose]());

describe('what a page of ours has at hand', () => {
  it('R08 is granted nothing', async () => {
    const asked = await attacked.app.control('permissions.asked');
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter(({ allowed }) => allowed)).toEqual([]);
    const refused = await page.evaluate(async () => {
      const outcome = (attempt: Promise<unknown> | undefined) =>
        Promise.resolve(attempt).then(
          (value) => (value === undefined ? 'absent' : 'granted'),
          (error: unknown) => (error instanceof Error ? error.name : 'refused'),
        );
      const states = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      );
      return {
        states: await Promise.all(states),
        notification: Notification.permission,
        clipboard: await outcome(navigator.clipboard.readText()),
        camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        location: await outcome(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
        paste: document.execCommand('paste'),
      };
    });
    expect(new Set(refused.states)).toEqual(new Set(['denied']));
    expect(refused).toMatchObject({ notification: 'denied', paste: false });
    expect([refused.clipboard, refused.camera, refused.location]).not.toContain('granted');
  });

  it('R09 finds nothing of Node, and a bridge that it cannot bend', async () => {
    const found = await page.evaluate(async () => {
      const { tokenTray } = window as unknown as {
        tokenTray: Record<string, (...args: unknown[]) => Promise<unknown>>;
      };
      const stolen: unknown[] = [];
      const spy = (prototype: object, names: string[]) => {
        for (const name of names) {
          Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
            stolen.push(this, ...args);
            return undefined;
          });
        }
      };
      const kept = {
        push: Array.prototype.push,
        map: Array.prototype.map,
        parse: JSON.parse,
        then: Promise.prototype.then,
      };
      const getView = tokenTray['getView'];
      // What the page changes of its own world must not be used by the preload's.
      spy(JSON, ['parse', 'stringify']);
      spy(Array.prototype, ['map', 'slice', 'concat']);
      spy(Function.prototype, ['call', 'bind']);
      const view = (await getView?.()) as { state?: string } | undefined;
      Object.assign(Array.prototype, { push: kept.push, map: kept.map });
      const changed = (() => {
        try {
          Reflect.set(tokenTray, 'getView', () => 'mine');
          Reflect.deleteProperty(window, 'tokenTray');
          Object.defineProperty(window, 'tokenTray', { value: 1 });
        } catch {
          // As it should be.
        }
        return tokenTray['getView'] !== getView || Reflect.get(window, 'tokenTray') !== tokenTray;
      })();
      return {
        globals: [
          'require',
          'process',
          'Buffer',
          '__dirname',
          '__filename',
          'module',
          'global',
          'ipcRenderer',
          'electron',
        ].filter((name) => name in window),
        names: Object.keys(tokenTray),
        frozen: Object.isFrozen(tokenTray) && Object.values(tokenTray).every((one) => Object.isFrozen(one)),
        state: view?.state,
        stolen: stolen.length,
        changed,
      };
    });
    expect(found).toMatchObject({ globals: [], frozen: true, state: 'active', changed: false });
    const listeners = Object.keys(eventChannels).map(
      (name) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    );
    expect(found.names.toSorted()).toEqual([...Object.keys(requestChannels), ...listeners].toSorted());
    await page.reload();
  });

  it('R10 is in a window that is sealed off, whatever Electron’s defaults are', async () => {
    const [window] = await attacked.app.control('windows.list');
    expect(window?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      experimentalFeatures: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
    });
  });
});
