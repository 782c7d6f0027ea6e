import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

describe('npm run release -- --dry', () => {
  it('Q9 Q11 makes what needs no secret, and names what a release uploads', () => {
    const root = join(import.meta.dirname, '../..');
    const main = join(root, 'scripts/release/main.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--dry'], {
      cwd: root,
      encoding: 'utf8',
    });
    const made = [...stdout.matchAll(/^ +[\d,]+ {2}[0-9a-f]{12}… {2}(.+)$/gm)].map(([, name]) => name);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(made).toEqual([`token-tray-${version}.tgz`, 'token-tray-app.cdx.json', 'token-tray-cli.cdx.json']);
    expect(stdout).toMatch(/^ {2}latest-mac\.yml$/m);
    expect([stdout.match(/^done {4}/gm)?.length, status]).toEqual([4, 0]);
    expect(stderr).toBe('');
  });
});
