import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestChannels, type RequestName } from '../../electron/contract/bridge.ts';
import { requestSchemas } from '../../electron/ipc/request-schemas.ts';

const names = Object.keys(requestChannels) as RequestName[];

const right: Partial<Record<RequestName, readonly unknown[]>> = {
  signIn: [{ username: 'anna', password: 'p', service: 'https://auth.example', form: 'basic' }],
  pauseTools: [3600],
  showAccount: ['anna'],
  chooseStorage: ['memory'],
  startAtLogin: [true],
  formHoldsText: [false],
  removeTool: ['warehouse-sync'],
  connectTool: ['nightly-sync'],
  copySnippet: ['python'],
  chooseDefaultAccount: ['anna'],
  choose: [{ name: 'port', value: null }],
};

describe('I02 what a window sends', () => {
  it.each(names)('%s takes what it is made for, and not one argument more', (name) => {
    const args = right[name] ?? [];
    expect(requestSchemas[name].safeParse(args).success).toBe(true);
    expect(requestSchemas[name].safeParse([...args, 1]).success).toBe(false);
  });

  it.each(names)('%s takes nothing else, and never throws', (name) => {
    const hostile = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
      }),
      fc.constantFrom(NaN, Infinity, -1, 1e12, '__proto__', 'x'.repeat(10_000_000), new Array(100_000)),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (args) => {
        const parsed = requestSchemas[name].safeParse(args);
        if (parsed.success) expect(JSON.stringify(parsed.data).length).toBeLessThan(20_000);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses an object that holds itself, and one with more members than the form has', () => {
    const cyclic: Record<string, unknown> = {
      username: 'a',
      password: 'b',
      service: 'https://auth.example',
      form: 'basic',
    };
    cyclic['self'] = cyclic;
    expect(requestSchemas.signIn.safeParse([cyclic]).success).toBe(false);
    const polluting: unknown = JSON.parse(
      '{"username":"a","password":"b","service":"https://auth.example","form":"basic","__proto__":{"x":1}}',
    );
    expect(requestSchemas.signIn.safeParse([polluting]).success).toBe(false);
  });

  it('refuses a pause that is too long, or no whole number', () => {
    for (const seconds of [0, -1, 0.5, NaN, Infinity, 86_401, '60'])
      expect(requestSchemas.pauseTools.safeParse([seconds]).success).toBe(false);
  });
});
