import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventChannels, requestChannels, type Bridge } from '../../electron/contract/bridge.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { AttackedApp } from '../support/attacked-app.ts';

let attacked: AttackedApp;
let page: Page;

beforeAll(async () => {
  if (!hasBrowser) return;
  attacked = await AttackedApp.start();
  page = await attacked.signIn();
});
afterAll(async () => {
  if (hasBrowser) await attacked[Symbol.asyncDispose]();
});

describe.runIf(hasBrowser)('what a page of ours has at hand', () => {
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
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- an attacker does not mind
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
        tokenTray: Record<string, () => Promise<{ state: string }>>;
      };
      const getView = tokenTray['getView'];
      const stolen: unknown[] = [];
      // What the page changes of its own world is nothing to the preload's.
      for (const prototype of [JSON, Array.prototype, Function.prototype, Object.prototype]) {
        for (const name of ['parse', 'stringify', 'map', 'slice', 'call', 'bind', 'hasOwnProperty']) {
          if (!(name in prototype)) continue;
          Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
            stolen.push(this, ...args);
          });
        }
      }
      const view = await getView?.();
      Reflect.set(tokenTray, 'getView', () => 'mine');
      Reflect.set(window, 'tokenTray', 'mine');
      Reflect.deleteProperty(window, 'tokenTray');
      const nodes = [
        'require',
        'process',
        'Buffer',
        '__dirname',
        'module',
        'global',
        'ipcRenderer',
        'electron',
      ];
      return {
        globals: nodes.filter((name) => name in window),
        names: Object.keys(tokenTray),
        frozen: Object.isFrozen(tokenTray) && Object.values(tokenTray).every((one) => Object.isFrozen(one)),
        state: view?.state,
        kept: tokenTray['getView'] === getView && Reflect.get(window, 'tokenTray') === tokenTray,
        stolen: stolen.filter((one) => typeof one === 'object' && one !== null && 'invoke' in one).length,
      };
    });
    expect(found).toMatchObject({ globals: [], frozen: true, state: 'active', kept: true, stolen: 0 });
    const heard = Object.keys(eventChannels).map(
      (name) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    );
    expect(found.names.toSorted()).toEqual([...Object.keys(requestChannels), ...heard].toSorted());
    await page.reload();
  });

  it('I04 leads to nothing but itself: no event, no ipcRenderer, whatever object is followed', async () => {
    const reached = await page.evaluate(async () => {
      const heard: unknown[] = [];
      const { tokenTray } = window as unknown as { tokenTray: Bridge };
      const stop = tokenTray.onView((...args: unknown[]) => heard.push(...args));
      await tokenTray.resumeTools();
      while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      stop();
      const seen = new Set<unknown>();
      const odd: string[] = [];
      const follow = (value: unknown, path: string): void => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
          return;
        seen.add(value);
        for (const key of Reflect.ownKeys(value)) {
          const name = String(key);
          if (/ipc|invoke|send|sender|require|process|ports|preventDefault/i.test(name))
            odd.push(`${path}.${name}`);
          const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
          if (descriptor?.get) odd.push(`${path}.${name} (getter)`);
          follow(descriptor?.value, `${path}.${name}`);
        }
        const prototype: unknown = Reflect.getPrototypeOf(value);
        const own = [Object.prototype, Function.prototype, Array.prototype, null];
        if (!own.some((one) => one === prototype)) odd.push(`${path} (prototype)`);
      };
      for (const [name, value] of Object.entries(tokenTray)) follow(value, name);
      follow(heard, 'heard');
      return { odd, heard: heard.length, size: seen.size };
    });
    expect(reached).toMatchObject({ odd: [], heard: 1 });
    expect(reached.size).toBeGreaterThan(18);
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
