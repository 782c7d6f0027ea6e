// `node --import ./test/electron-host/register.mjs out/main/main.js`: runs an app of Electron's with the stand-in.
// JavaScript, and without an import of the stand-in's: each source that is loaded before the cache is on makes Node
// start its compiler of TypeScript, which is half of the processor time of a start.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../out/compile-cache', import.meta.url)));
await import('./register.ts');
