import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile, type InlineConfig, type Rolldown } from 'vite';
import type { Bench } from './bench.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const assets = `${root}out/renderer/assets/`;

/** What a window has to load, and who is to blame for it. */
export const windowSize: Bench = {
  name: 'window-size',
  title: 'The windows’ JavaScript, gzipped',
  async run() {
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const total = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(assets + name)).length, 0);
    const lengths = lengthsByOwner(await modulesOfTheBuild());
    const all = [...lengths.values()].reduce((sum, length) => sum + length, 0);
    return {
      about: [
        'All scripts of out/renderer. Each one’s part: its share of the code before it is minified, so about.',
        'Wanted: at most 60 kB for the views Login and Status.',
      ],
      head: ['', 'kB'],
      rows: [
        ['all', kilobytes(total)],
        ...[...lengths]
          .sort(([, one], [, other]) => other - one)
          .map(([owner, length]) => [owner, kilobytes((total * length) / all)]),
      ],
    };
  },
};

/** The modules of the windows' build with the length of what is left of each; nothing is written. */
async function modulesOfTheBuild(): Promise<readonly (readonly [id: string, length: number])[]> {
  const env = { command: 'build', mode: 'production' } as const;
  const loaded = await loadConfigFromFile(env, `${root}electron.vite.config.ts`, root, 'error');
  const { renderer } = loaded?.config as { readonly renderer: InlineConfig };
  const built = (await build({
    ...renderer,
    root: `${root}renderer`,
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: `${root}renderer/index.html` } },
  })) as Rolldown.RolldownOutput;
  const chunks = built.output.filter((output) => output.type === 'chunk');
  return chunks.flatMap(({ modules }) =>
    Object.entries(modules).map(([id, { renderedLength }]) => [id, renderedLength] as const),
  );
}

function lengthsByOwner(modules: Awaited<ReturnType<typeof modulesOfTheBuild>>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const [id, length] of modules) {
    const owner = ownerOf(id);
    lengths.set(owner, (lengths.get(owner) ?? 0) + length);
  }
  return lengths;
}

function ownerOf(id: string): string {
  const library = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  if (library === undefined) return id.includes('/locales/') ? 'texts' : 'views of our own';
  return library.startsWith('@vue/') ? 'vue' : library.startsWith('@intlify/') ? 'vue-i18n' : library;
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}
