import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint({ cwd: new URL('../..', import.meta.url).pathname });

/** What lint says to a line in that file, by the rule that forbids forms of the language there. */
async function refusals(line: string, file: string): Promise<string[]> {
  const { rules = {} } = (await eslint.calculateConfigForFile(file)) as Linter.Config;
  const rule = rules['no-restricted-syntax'] ?? 'off';
  const messages = new Linter().verify(line, { rules: { 'no-restricted-syntax': rule } });
  return messages.filter(({ severity }) => severity === 2).map(({ message }) => message);
}

describe('the lint that a build has to pass', () => {
  it.each([
    "safeStorage.encryptString('x')",
    'safeStorage.decryptString(bytes)',
    'safeStorage.isEncryptionAvailable()',
    "electron.safeStorage['encryptString']('x')",
    "this.parts.safeStorage.encryptString('x')",
    'const { decryptString } = safeStorage',
  ])('V20 refuses a synchronous call of the key store, wherever it stands: %s', async (line) => {
    for (const file of [
      'electron/adapters/safe-storage-key.ts',
      'electron/main.ts',
      'electron/core/session.ts',
    ]) {
      expect(await refusals(line, file), file).toEqual([expect.stringContaining('encryptStringAsync')]);
    }
  });

  it('V20 takes the asynchronous ones', async () => {
    const line = "safeStorage.encryptStringAsync('x'); safeStorage.isAsyncEncryptionAvailable()";
    expect(await refusals(line, 'electron/adapters/safe-storage-key.ts')).toEqual([]);
  });

  it('R01 refuses text as HTML in every view', async () => {
    for (const file of [
      'renderer/App.vue',
      'renderer/views/LoginView.vue',
      'renderer/components/NoticeBox.vue',
    ]) {
      const { rules = {} } = (await eslint.calculateConfigForFile(file)) as Linter.Config;
      expect([rules['vue/no-v-html']].flat(2)[0], file).toBe(2);
    }
  });
});
