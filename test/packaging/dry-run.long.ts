import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('npm run package -- --dry', () => {
  it('lists files with their sizes, and ends with 1 where something must not be shipped', () => {
    const main = join(import.meta.dirname, '../../packaging/main.ts');
    // A word that is in the app for certain, as if it were somebody's password.
    const env = { ...process.env, CSC_KEY_PASSWORD: 'Token Tray does not start with' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--dry', '--for', 'linux'], {
      env,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^ *[\d,]+ {2}out\/main\/main\.js$/m);
    expect(stdout).toMatch(/^ *[\d,]+ {2}of them the app’s own JavaScript; the limit is 1,500,000$/m);
    expect(stderr).toContain('out/main/main.js holds what CSC_KEY_PASSWORD holds.\n');
    expect(status).toBe(1);
  });
});
