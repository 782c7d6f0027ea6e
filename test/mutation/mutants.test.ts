import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const root = join(import.meta.dirname, '../..');

describe('each mutant', () => {
  it('breaks text that its file holds exactly once, and names tests that there are', () => {
    const broken = mutants.filter(({ file, from, tests }) => {
      const path = join(root, file);
      const isOnce = existsSync(path) && readFileSync(path, 'utf8').split(from).length === 2;
      return !isOnce || !tests.every((test) => existsSync(join(root, test)));
    });
    expect(broken.map(({ breaks }) => breaks)).toEqual([]);
  });
});
