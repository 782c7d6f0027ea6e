import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/**
 * The command line: one CommonJS file, which starts fastest, and a chunk for each thing that few calls need.
 * Libraries are bundled but for the native one.
 */
export default defineConfig({
  plugins: [
    {
      name: 'executable',
      // The package's `bin`: npm makes it executable when it installs, and a build must not take that away.
      writeBundle: () => chmod('out/cli/token-tray.cjs', 0o755),
    },
  ],
  define: { TOKEN_TRAY_VERSION: JSON.stringify(version) },
  build: {
    ssr: true,
    // For the npm package, which holds nothing but this.
    license: { fileName: 'licences.md' },
    target: 'node24',
    outDir: 'out/cli',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: { 'token-tray': 'electron/cli/token-tray.ts' },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name].cjs',
        // What every call needs, with all it imports, in one file: each further one costs a call its reading.
        codeSplitting: { groups: [{ name: 'call', test: /electron[\\/]cli[\\/]command-line/ }] },
      },
      external: [/^node:/, ...builtinModules, '@napi-rs/keyring'],
    },
  },
  ssr: { noExternal: true, external: ['@napi-rs/keyring'] },
});
