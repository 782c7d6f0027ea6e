import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestChannels, type RequestName, type Requests } from '../../electron/contract/bridge.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { AttackedApp } from '../support/attacked-app.ts';

const channels = Object.values(requestChannels);
const refusal = 'Error: Token Tray did not take this request.';

let attacked: AttackedApp;
beforeAll(async () => {
  if (!hasBrowser) return;
  attacked = await AttackedApp.start();
  await attacked.signIn();
});
afterAll(async () => {
  if (hasBrowser) await attacked[Symbol.asyncDispose]();
});

/** Arguments with which each request would be done. */
const right: { readonly [Name in RequestName]: Requests[Name]['args'] } = {
  getView: [],
  signIn: [{ username: 'eve', password: 'p', service: 'https://auth.example', form: 'basic' }],
  cancelSignIn: [],
  signOut: [],
  copyToken: [],
  renewNow: [],
  getOneNow: [],
  tryAgain: [],
  pauseTools: [3600],
  resumeTools: [],
  showAccount: ['eve'],
  chooseStorage: ['keep'],
  startAtLogin: [true],
  restart: [],
  dismissTrayHint: [],
  formHoldsText: [true],
  hideWindow: [],
  getTools: [],
  removeTool: ['eve'],
  connectTool: ['eve'],
  copySnippet: ['curl'],
  tryTool: [],
  endConnecting: [],
  chooseDefaultAccount: ['eve'],
  copyAddress: [],
  getActivity: [],
  getSettings: [],
  choose: [{ name: 'appearance', value: 'dark' }],
  checkSetup: [],
  copySupportDetails: [],
  getLicences: [],
  takeNewVersion: [],
};
const requests = Object.keys(right) as RequestName[];

describe.runIf(hasBrowser)('I01 a request that comes from', () => {
  it.each([
    ['a frame inside the page', { subframe: true }],
    ['a frame that is gone', { gone: true }],
    ['a page of the web', { url: 'https://evil.example/' }],
    ['another host of our scheme', { url: 'app://token-tray.evil.example/index.html' }],
    ['a host that begins like ours', { url: 'app://token-tray2/index.html' }],
    ['our host by another scheme', { url: 'https://token-tray/index.html' }],
    ['a file', { url: 'file:///index.html' }],
    ['a blank page', { url: 'about:blank' }],
    ['contents that are not our window’s', { foreign: true }],
  ])('%s is refused on every channel, and does nothing', async (_, sender) => {
    for (const name of requests) {
      const answer = await attacked.ask(requestChannels[name], right[name], sender);
      expect(answer, name).toEqual({ error: refusal });
    }
    expect(await attacked.state()).toBe('active');
    expect(await attacked.app.control('clipboard.read')).toEqual({});
    expect((await attacked.app.control('windows.list'))[0]?.visible).toBe(true);
    expect(attacked.authService.stats()).toMatchObject({ logins: 1, refreshes: 0, rejectedLogins: 0 });
  });
});

describe.runIf(hasBrowser)('I02 a request with arguments that it is not made for', () => {
  it('is refused on every channel without a stack, a path or a word of them, and the app goes on', async () => {
    const argument = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('__proto__', { __proto__: { username: 'x' } }, -1, 1e21, 0.5, 'x'.repeat(5_000)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests),
        fc.array(argument, { minLength: 1, maxLength: 3 }),
        async (name, args) => {
          // One argument too many is wrong everywhere; any text may be a name.
          const wrong = right[name].length > 0 ? [...args, 'one too many'] : args;
          expect(await attacked.ask(requestChannels[name], wrong)).toEqual({ error: refusal });
        },
      ),
      { numRuns: 150 },
    );
    await attacked.expectUnharmed('active');
  });

  it('is refused where a page sends what no JSON can hold', async () => {
    const page = await attacked.page();
    const answers = await page.evaluate(async () => {
      const { tokenTray } = window as unknown as {
        tokenTray: Record<string, (...args: unknown[]) => Promise<unknown>>;
      };
      const cyclic: Record<string, unknown> = {
        username: 'a',
        password: 'b',
        service: 'https://auth.example',
        form: 'basic',
      };
      cyclic['self'] = cyclic;
      const polluting: unknown = JSON.parse(
        '{"username":"a","password":"b","service":"https://auth.example","form":"basic","__proto__":{"x":1}}',
      );
      const hostile: unknown[][] = [
        [cyclic],
        [polluting],
        [new Proxy({}, { get: () => 'x', ownKeys: () => ['username'] })],
        [new Array(5_000).fill(0)],
        [() => 1],
        [Symbol('x')],
        [NaN],
        [new Map([['username', 'a']])],
        [new Date(0)],
        [2n ** 70n],
        [document.body],
        [undefined],
        [
          {
            get username() {
              throw new Error('from a getter');
            },
          },
        ],
        Array.from({ length: 1000 }, () => null),
      ];
      const said = new Set<string>();
      await tokenTray['showAccount']?.('x'.repeat(10_000_000)).catch((error: unknown) =>
        said.add(String(error)),
      );
      for (const name of ['signIn', 'chooseStorage', 'signOut']) {
        for (const args of hostile) {
          try {
            said.add(`done: ${JSON.stringify(await tokenTray[name]?.(...args))}`);
          } catch (error) {
            said.add(error instanceof Error ? error.message : typeof error);
          }
        }
      }
      return [...said];
    });
    const takenByNobody = /An object could not be cloned|could not be passed|from a getter|Cannot/;
    for (const answer of answers) {
      expect(answer).toMatch(new RegExp(`Token Tray did not take this request|${takenByNobody.source}`));
      expect(answer).not.toMatch(/\.js:|\.ts:|\/(work|home|tmp|out)\//);
    }
    await attacked.expectUnharmed('active');
    expect(attacked.app.output).not.toContain('one too many');
  });
});

describe.runIf(hasBrowser)('I03 a channel', () => {
  it('that the app does not have has no handler, and no other listener', async () => {
    const { handled, listened } = await attacked.app.control('ipc.listeners');
    expect(handled.toSorted()).toEqual(channels.toSorted());
    expect(listened).toEqual([]);
    for (const channel of ['token-tray:reveal-token', '__proto__', '']) {
      const answer = await attacked.ask(channel, []);
      expect(answer).toEqual({ error: `Error: No handler registered for '${channel}'` });
    }
  });
});

describe.runIf(hasBrowser)('I06 what a page can ask for', () => {
  it('is never a token, a key, a password or a format of the clipboard', async () => {
    const { key } = attacked.endpoint();
    const token = await attacked.token();
    const answers = [];
    for (const channel of [requestChannels.getView, requestChannels.copyToken, requestChannels.tryAgain]) {
      answers.push(await attacked.ask(channel, []));
    }
    expect(JSON.stringify(answers)).not.toContain(token);
    expect(JSON.stringify(answers)).not.toContain(key);
    expect(await attacked.ask(requestChannels.copyToken, ['text/html'])).toEqual({ error: refusal });
    expect(await attacked.app.control('clipboard.read')).toMatchObject({ 'text/plain': token });
  });
});
