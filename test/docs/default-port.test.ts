import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { defaultPort } from '../../electron/contract/default-port.ts';

const check = join(import.meta.dirname, '../../scripts/check-default-port.mjs');

it('A6 the default port lies below every range that systems give to outgoing connections', () => {
  // Linux: net.ipv4.ip_local_port_range begins at 32768; Windows and macOS begin at 49152.
  expect(defaultPort).toBeLessThan(32_768);
  expect(defaultPort).toBeGreaterThan(1_023);
});

it('A6 the check finds digits of the default port outside documents and examples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-tray-port-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs/page.md'), `Port ${defaultPort}.\n`);
  writeFileSync(join(folder, 'near.ts'), `const id = '1${defaultPort}';\n`);
  expect(spawnSync(process.execPath, [check, folder], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
  writeFileSync(join(folder, 'copy.ts'), `\nconst port = ${String(defaultPort).replace(/^../, '$&_')};\n`);
  const { status, stderr } = spawnSync(process.execPath, [check, folder], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^copy\.ts:2: /);
});
