import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { certificateProgram } from './electron/adapters/certificate-program.ts';

/** Lists what a bundle holds in `.vite/license.md`, for the SBOM; packages leave the folder out. */
const license = true;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the tray's icons beside the main file under their own names: macOS reads `Template` and `@2x` out of them. */
const trayIcons: Plugin = {
  name: 'tray-icons',
  async generateBundle() {
    const folder = here('electron/desktop/icons/rendered/');
    for (const file of (await readdir(folder)).filter((name) => /\.(png|ico)$/.test(name))) {
      this.emitFile({ type: 'asset', fileName: `icons/${file}`, source: await readFile(folder + file) });
    }
  },
};

/** What Electron's utility process runs has to be a file. */
const certificates: Plugin = {
  name: 'certificate-program',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'certificates.cjs', source: certificateProgram });
  },
};

/** The page's policy stands in its head too; Vite's development server needs a weaker one (desktop/dev-server.ts). */
const weakerPolicy: Plugin = {
  name: 'weaker-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** The tray app's three sides. The CLI and the agent are built by electron/cli/vite.config.ts. */
export default defineConfig({
  main: {
    plugins: [trayIcons, certificates],
    build: {
      // Libraries are bundled: one file loads in half of the time, and a package needs no node_modules.
      externalizeDeps: false,
      license,
      minify: process.env.NODE_ENV_ELECTRON_VITE !== 'development',
      rolldownOptions: { input: { main: 'electron/main.ts' } },
    },
  },
  preload: {
    build: {
      license,
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // The page's own address is no server's: it is told where Vite listens.
    server: { host: 'localhost', port: 5173, hmr: { protocol: 'ws', host: 'localhost' } },
    plugins: [
      vue(),
      weakerPolicy,
      // Messages are compiled here, so that the window needs no compiler, and no eval.
      vueI18n({
        include: [here('renderer/locales/*.json'), here('electron/contract/locales/*.json')],
        runtimeOnly: true,
        compositionOnly: true,
        fullInstall: false,
        dropMessageCompiler: true,
      }),
    ],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      outDir: 'out/renderer',
      license,
      // Every file stands by itself: the page's policy knows no inline script and no inline style.
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: here('renderer/index.html') },
    },
  },
});
