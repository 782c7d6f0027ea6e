import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

/** The tray app's three sides. The CLI and the agent are built by electron/cli/vite.config.ts. */
export default defineConfig({
  main: { build: { rolldownOptions: { input: { main: 'electron/main.ts' } } } },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    build: { outDir: 'out/renderer', rolldownOptions: { input: 'renderer/index.html' } },
  },
});
