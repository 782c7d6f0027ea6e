import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Component {
  readonly name: string;
  readonly version: string;
}

interface Bom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

async function sbomOf(artifact: string): Promise<Bom> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/sbom.mjs'), artifact], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Bom;
}

describe('npm run sbom', () => {
  it('Q9 lists for each artifact what it holds, in the exact versions: Electron for the app, not the other’s libraries', async () => {
    const { version, dependencies, devDependencies } = JSON.parse(
      await readFile(join(root, 'package.json'), 'utf8'),
    ) as {
      readonly version: string;
      readonly dependencies: Readonly<Record<string, string>>;
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const [app, cli] = await Promise.all([sbomOf('app'), sbomOf('cli')]);
    const versions = { ...dependencies, ...devDependencies };
    for (const [bom, own, others] of [
      [app, ['electron', 'vue', 'electron-updater', 'zod'], ['commander', '@napi-rs/keyring', 'vitest']],
      [cli, ['commander', '@napi-rs/keyring', 'zod'], ['electron', 'vue', 'electron-updater', 'vitest']],
    ] as const) {
      const listed = new Map(bom.components.map((component) => [component.name, component.version]));
      expect([bom.bomFormat, bom.metadata.component.version]).toEqual(['CycloneDX', version]);
      for (const name of own) expect([name, listed.get(name)]).toEqual([name, versions[name]]);
      expect(others.filter((name) => listed.has(name))).toEqual([]);
    }
    const listed = [...app.components, ...cli.components].map(({ name }) => name);
    const nowhere = Object.keys(dependencies).filter((name) => !listed.includes(name));
    expect(nowhere).toEqual([]);
  });
});
