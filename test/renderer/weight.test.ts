import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtPage } from './open-window.ts';

/** All JavaScript of the window, gzipped as a server would: what a slow computer has to read, parse and run. */
const allowedBytes = 90_000;

async function scripts(): Promise<Map<string, number>> {
  const files = await readdir(builtPage, { recursive: true });
  const weights = files
    .filter((name) => name.endsWith('.js'))
    .map(async (name) => [name, gzipSync(await readFile(join(builtPage, name))).length] as const);
  return new Map(await Promise.all(weights));
}

describe('the window’s scripts', () => {
  it('are light, all together', async () => {
    const weights = await scripts();
    const total = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
    expect(weights.size).toBeGreaterThan(1);
    expect(total, JSON.stringify([...weights])).toBeLessThanOrEqual(allowedBytes);
  });

  it('of what is opened seldom are files of their own', async () => {
    const names = [...(await scripts()).keys()].join();
    for (const view of ['ToolsView', 'ConnectView', 'ActivityView', 'SettingsView']) {
      expect(names).toContain(`${view}-`);
    }
  });
});
