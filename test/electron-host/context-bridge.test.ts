import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

const preload = `
const { contextBridge } = require('electron');
class Shape { constructor() { this.side = 2; } area() { return 4; } }
const seen = [];
contextBridge.exposeInMainWorld('api', {
  text: 'text',
  list: [1, { deep: true }],
  when: new Date(5),
  shape: new Shape(),
  echo: (value) => value,
  kind: (value) => Object.prototype.toString.call(value) + (Object.getPrototypeOf(value) === Object.prototype),
  call: (back) => back(20) + 1,
  later: async (value) => { if (value === 'no') throw Object.assign(new TypeError('not that'), { code: 7 }); return [value]; },
  fail: () => { throw Object.assign(new RangeError('too much'), { secret: 's' }); },
  throwText: () => { throw 'a text'; },
  remember: (value) => { seen.push(value); return seen.length; },
  remembered: (at) => seen[at],
});
try { contextBridge.exposeInMainWorld('api', {}); } catch (error) {
  contextBridge.exposeInMainWorld('second', error.message);
}
`;

describe.runIf(hasBrowser)('what crosses the bridge between preload and page', () => {
  let app: LaunchedApp;
  let page: Page;
  beforeAll(async () => {
    app = await launchSample({ preload });
    page = await app.window();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  /** What an expression of the page comes to, or what it throws. */
  const inPage = (expression: string) =>
    page.evaluate(
      `(async () => { try { return await (${expression}) } catch (error) { return String(error) } })()`,
    );

  it('is bound for good, frozen to its depths', async () => {
    expect(await inPage('(() => { "use strict"; api = 1; })()')).toMatch(/read only/);
    expect(await inPage('(() => { "use strict"; api.list[1].deep = false; })()')).toMatch(/read only/);
    expect(await inPage('Object.isFrozen(api) && Object.isFrozen(api.echo)')).toBe(true);
    expect(await inPage('delete window.api')).toBe(false);
    expect(await inPage('second')).toBe(
      'Cannot bind an API on top of an existing property on the window object',
    );
  });

  it('is copied: prototypes, symbols and methods of classes stay behind', async () => {
    expect(await inPage('[api.text, api.list, api.when.getTime()]')).toEqual([
      'text',
      [1, { deep: true }],
      5,
    ]);
    expect(await inPage('[api.shape.side, typeof api.shape.area, api.shape.constructor === Object]')).toEqual(
      [2, 'undefined', true],
    );
    expect(await inPage('Object.getOwnPropertySymbols(api.echo({ [Symbol.iterator]: 1 })).length')).toBe(0);
    expect(await inPage('api.kind(new (class { x = 1 })())')).toBe('[object Object]true');
    expect(await inPage('(() => { const mine = { a: 1 }; return api.echo(mine) === mine; })()')).toBe(false);
    expect(
      await inPage(
        '[api.echo(new Map([[1, 2]])) instanceof Map, api.echo(/x/g).flags, api.echo(10n) === 10n]',
      ),
    ).toEqual([true, 'g', true]);
  });

  it('keeps a circle a circle', async () => {
    expect(
      await inPage(
        '(() => { const a = { n: 1 }; a.self = a; const b = api.echo(a); return b.self === b && b !== a; })()',
      ),
    ).toBe(true);
  });

  it('calls functions across, both ways', async () => {
    expect(await inPage('api.call((value) => value * 2)')).toBe(41);
    expect(await inPage('api.later(3)')).toEqual([3]);
    expect(await inPage('api.later(3) instanceof Promise')).toBe(true);
    expect(await inPage('[api.remember((x) => x + 1), api.remembered(0)(1)]')).toEqual([1, 2]);
  });

  it('carries of an error the message alone', async () => {
    expect(await inPage('api.fail()')).toBe('Error: too much');
    expect(await inPage('api.later("no")')).toBe('Error: not that');
    expect(
      await inPage(
        '(() => { try { api.fail() } catch (e) { return [e instanceof Error, Object.keys(e)] } })()',
      ),
    ).toEqual([true, []]);
    expect(await inPage('api.throwText()')).toMatch(/a valid exception was not thrown/);
    expect(await inPage('api.echo(Object.assign(new TypeError("m"), { extra: 1 })).name')).toBe('Error');
  });

  it.each([
    ['a symbol', 'Symbol("s")'],
    ['a proxy, as reactive objects are', 'new Proxy({ a: 1 }, {})'],
    ['a proxy inside, beside a function', '{ f: () => 1, inner: { p: new Proxy({}, {}) } }'],
    ['a proxy of a list', 'new Proxy([1], {})'],
    ['a WeakMap', 'new WeakMap()'],
    ['an element', 'document.body'],
  ])('refuses %s', async (_name, value) => {
    expect(await inPage(`api.echo(${value})`)).toBe('Error: An object could not be cloned.');
  });

  it('refuses what is deeper than a thousand', async () => {
    expect(
      await inPage(
        '(() => { let deep = {}; for (let i = 0; i < 1200; i += 1) deep = { deep }; return api.echo(deep); })()',
      ),
    ).toMatch(/recursion depth exceeded/);
  });

  it('shows the page no Node, and works on when a page has bent what it stands on', async () => {
    expect(
      await inPage(
        '[typeof require, typeof process, typeof Buffer, typeof module, typeof __dirname, typeof global]',
      ),
    ).toEqual(Array(6).fill('undefined'));
    expect(
      await inPage(
        'Object.getOwnPropertyNames(window).filter((name) => /electron|host|playwright/i.test(name))',
      ),
    ).toEqual([]);
    const bend = `(() => {
      const evil = () => { throw new Error('bent'); };
      const targets = [
        [Array.prototype, ['map', 'push', 'forEach', 'slice', 'concat', Symbol.iterator]],
        [Object, ['keys', 'entries', 'defineProperty', 'freeze', 'hasOwn']],
        [Object.prototype, ['toString', 'hasOwnProperty', 'valueOf']],
        [JSON, ['parse', 'stringify']],
        [Map.prototype, ['get', 'set', 'has']],
        [Promise.prototype, ['then', 'catch']],
        [EventTarget.prototype, ['dispatchEvent', 'addEventListener']],
        [Function.prototype, ['call', 'apply', 'bind']],
        [window, ['dispatchEvent', 'CustomEvent', 'structuredClone', 'Error', 'Array', 'Map']],
        [Reflect, ['construct', 'ownKeys', 'apply']],
      ];
      const { defineProperty } = Reflect;
      const names = ['get', 'set', 'detail', 'kind', 'id', 'values', 'ok', 'bubbles', '0', '1', '2', '3'];
      for (let i = 0; i < targets.length; i += 1)
        for (let k = 0; k < targets[i][1].length; k += 1) targets[i][0][targets[i][1][k]] = evil;
      for (let i = 0; i < names.length; i += 1)
        defineProperty(Object.prototype, names[i], { __proto__: null, get: evil, set: evil, configurable: true });
      const back = api.echo({ a: [1, { b: 2 }], f: (x) => x + 1 });
      window.outcome = '' + back.a[1].b + back.f(1) + api.call((x) => x);
    })()`;
    const session = await page.context().newCDPSession(page);
    const { exceptionDetails } = await session.send('Runtime.evaluate', { expression: bend });
    expect(exceptionDetails?.exception?.description).toBeUndefined();
    const { result } = await session.send('Runtime.evaluate', { expression: 'outcome' });
    expect(result.value).toBe('2221');
  });
});
