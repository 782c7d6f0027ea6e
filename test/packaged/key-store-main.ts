// `npm run smoke:key-store`: the built app of this checkout in Electron, with the system's own key store. Started without
// Playwright, which adds `--password-store=basic` and cannot be told not to.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { smokeKeyStore } from './smoke.ts';

const electron: unknown = createRequire(import.meta.url)('electron');
if (typeof electron !== 'string') throw new Error('Electron’s binary is not here: npx electron --version');
await smokeKeyStore([electron, join(import.meta.dirname, '../..')], (line) => console.log(line));
