import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPassphrase } from '../../electron/cli/passphrase.ts';
import { temporaryHome } from '../support/temporary-home.ts';

afterEach(() => vi.unstubAllEnvs());

function found(passphrase: string, file: string) {
  vi.stubEnv('TOKEN_TRAY_PASSPHRASE', passphrase);
  vi.stubEnv('TOKEN_TRAY_PASSPHRASE_FILE', file);
  return findPassphrase();
}

describe('the passphrase', () => {
  it.each(['a b', 'a b\n', 'a b\r\n', '\ufeffa b\n\n'])(
    'X5 is read from a linked file: %j',
    async (content) => {
      const folder = await temporaryHome();
      writeFileSync(join(folder, 'data'), content, { mode: 0o644 });
      symlinkSync('data', join(folder, 'link'));
      expect(found('', join(folder, 'link'))).toEqual({ ok: true, passphrase: 'a b' });
    },
  );

  it('X5 is told in one sentence where it cannot be read', async () => {
    const folder = await temporaryHome();
    const put = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'folder'));
    for (const [file, words] of [
      [join(folder, 'missing'), 'does not exist'],
      [join(folder, 'folder'), 'is a folder'],
      [put('empty', '\n'), 'is empty'],
      [put('latin', Uint8Array.of(0xe9)), 'is not UTF-8'],
      [put('large', 'a'.repeat(70_000)), 'is larger'],
    ] as const) {
      expect(found('', file)).toEqual({ ok: false, wrong: expect.stringContaining(words) as string });
    }
    expect(found('one', 'two')).toMatchObject({ ok: false });
    expect(found('', '')).toEqual({ ok: true, passphrase: null });
  });
});
