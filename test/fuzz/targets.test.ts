import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/temporary-home.ts';
import { damaged } from './damage.ts';
import type { Target } from './target.ts';
import { fuzzTargets } from './targets.ts';

const names = [
  'the bytes of a request',
  'an answer of the service',
  'the arguments of a window’s request',
  'the vault’s file',
  'the ledger’s file',
  'the settings’ file',
  'the tools’ file',
  'the discovery file',
  'the machine’s policy',
  'what a release’s server answers',
];

describe('damaged input', () => {
  let targets: readonly Target[];
  beforeAll(async () => {
    targets = await fuzzTargets(temporaryHome);
  });
  afterAll(() => Promise.all(targets.map((target) => target[Symbol.asyncDispose]())));

  it('has a target for each way in', () => {
    expect(targets.map(({ name }) => name)).toEqual(names);
  });

  it.each(names)('as %s breaks no rule', async (name) => {
    const property = targets.find((target) => target.name === name)?.property;
    if (!property) throw new Error('There is no such target.');
    await fc.assert(property, { numRuns: 15 });
  });

  it('is damaged as it says', () => {
    const puts = new Uint8Array(Buffer.from('X'));
    expect(damaged(Buffer.from('abcdef'), [{ at: 0.5, takes: 2, puts }]).toString()).toBe('abcXf');
  });
});
