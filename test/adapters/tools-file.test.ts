import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileTools } from '../../electron/adapters/tools-file.ts';
import type { Tool } from '../../electron/core/ports.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { RememberingLog } from '../support/remembering-log.ts';
import { wallAtNoon } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const noon = wallAtNoon.wallNow();

function tool(name: string, changes: Partial<Tool> = {}): Tool {
  const digest = name.padEnd(43, 'A');
  return { name, digest, addedAt: noon, expiresAt: null, proxyOnly: false, account: null, ...changes };
}

async function toolsIn(content: string | null = null) {
  const home = await temporaryHome();
  const path = join(home, 'tools.json');
  if (content !== null) await writeFile(path, content);
  const log = new RememberingLog();
  return { home, path, log, store: new FileTools({ home, log, clock: wallAtNoon }) };
}

const line = {
  name: 'report',
  sha256: 'A'.repeat(43),
  added_at: '2026-11-23T12:00:00Z',
  expires_at: null,
  proxy_only: false,
  account: null,
};

function fileOf(...tools: object[]): string {
  return JSON.stringify({ version: 1, tools });
}

describe('the list of tools on disk', () => {
  it('comes back as it was written, and none where there is no file', async () => {
    const { store } = await toolsIn();
    expect(await store.read()).toEqual({ ok: true, value: [] });
    const tools = [tool('report'), tool('night', { expiresAt: noon + 1, proxyOnly: true, account: 'anna' })];
    expect(await store.write(tools)).toEqual({ ok: true, value: null });
    expect(await store.read()).toEqual({ ok: true, value: tools });
  });

  it('E26 holds a digest, a label, limits and dates for each tool, for this user alone', async () => {
    const { store, path } = await toolsIn();
    await store.write([tool('report')]);
    const added = new Date(noon).toISOString();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      version: 1,
      tools: [{ ...line, sha256: 'report'.padEnd(43, 'A'), added_at: added }],
    });
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['nothing', ''],
    ['half of it', fileOf(line).slice(0, -10)],
    ['null', 'null'],
    ['a list', '[]'],
    ['no digest', fileOf({ ...line, sha256: 'abc' })],
    ['a field that is not ours', fileOf({ ...line, key: 'tt_x' })],
    ['a name twice', fileOf(line, { ...line, sha256: 'B'.repeat(43) })],
    ['a key twice', fileOf(line, { ...line, name: 'other' })],
    ['a date that is none', fileOf({ ...line, expires_at: 'tomorrow' })],
  ])('that holds %s is moved aside, and opens nothing', async (_what, content) => {
    const { store, home, log } = await toolsIn(content);
    expect(await store.read()).toEqual({ ok: true, value: [] });
    const [kept = ''] = (await readdir(home)).filter((name) => name.includes('.corrupt-'));
    expect(await readFile(join(home, kept), 'utf8')).toBe(content);
    expect(log.events).toMatchObject([{ event: 'tools_set_aside', fields: { keptAs: kept } }]);
  });

  it('of a later version is left as it is', async () => {
    const later = JSON.stringify({ version: 2, tools: {} });
    const { store, path } = await toolsIn(later);
    expect(await store.read()).toEqual({ ok: false, failure: 'newer_version' });
    expect(await readFile(path, 'utf8')).toBe(later);
  });

  it('keeps what it held where a write fails', async () => {
    const { store, home, log } = await toolsIn();
    await store.write([tool('report')]);
    const files = new FaultyFiles().failAt('write', 'ENOSPC');
    const failing = new FileTools({ home, log, clock: wallAtNoon, files });
    expect(await failing.write([])).toEqual({ ok: false, failure: 'disk_full' });
    expect(await store.read()).toMatchObject({ value: [{ name: 'report' }] });
    expect(await readdir(home)).toEqual(['tools.json']);
  });

  it.runIf(process.platform !== 'win32')('is repaired where others could read it', async () => {
    const { store, path } = await toolsIn(fileOf(line));
    await chmod(path, 0o644);
    expect(await store.read()).toMatchObject({ ok: true, value: [{ name: 'report' }] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
