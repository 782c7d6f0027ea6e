import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Bom {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly group?: string;
    readonly name: string;
    readonly version: string;
  }[];
}

describe('npm run sbom', () => {
  it('lists what is shipped, in its exact version, and nothing that only builds or tests', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/sbom.mjs')], {
      maxBuffer: 16 * 1024 * 1024,
    });
    const { bomFormat, components } = JSON.parse(stdout) as Bom;
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(join(root, 'package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>;
    const listed = new Map(
      components.map(({ group, name, version }) => [
        group === undefined ? name : `${group}/${name}`,
        version,
      ]),
    );
    expect(bomFormat).toBe('CycloneDX');
    for (const [name, version] of Object.entries(dependencies)) expect(listed.get(name), name).toBe(version);
    expect([...listed.keys()].filter((name) => name.startsWith('node-'))).toEqual([]);
    for (const name of ['vitest', 'eslint', 'playwright']) {
      expect([name, devDependencies[name] === undefined, listed.has(name)]).toEqual([name, false, false]);
    }
  });
});
