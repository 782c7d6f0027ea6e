import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSecretService, PersonWithKeyring } from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const doctorProgram = join(import.meta.dirname, '../support/doctor-program.ts');
const without = noSecretService === null ? '' : ` (needs ${noSecretService})`;

describe.skipIf(noSecretService !== null)(`doctor and the system’s own key store${without}`, () => {
  it('V07, V08 tells an open one, a locked one and one that is gone, once a vault is sealed by it', async () => {
    const person = await PersonWithKeyring.make();
    const home = await temporaryHome();
    const look = (daemon: Parameters<typeof person.run>[0], first = '') =>
      person.run(daemon, doctorProgram, home, first);
    expect(await look('unlocked', 'sign-in')).toEqual({ answer: 'key_store_good', detail: null });
    expect(existsSync(join(home, 'vault.keyring.json'))).toBe(true);
    expect(await look('locked')).toEqual({
      answer: 'key_store_locked',
      detail: expect.stringMatching(/./) as unknown,
    });
    expect((await look('without a bus')).answer).toBe('key_store_gone');
    // Another person's key store knows nothing of this home.
    const stranger = await PersonWithKeyring.make();
    expect((await stranger.run('unlocked', doctorProgram, home)).answer).toBe('key_lost');
  });

  it('V12 gives up on a prompt that nobody answers, and says locked', async () => {
    const person = await PersonWithKeyring.make({ promptHangs: true });
    const home = await temporaryHome();
    await person.run('unlocked', doctorProgram, home, 'sign-in');
    expect((await person.run('locked', doctorProgram, home)).answer).toBe('key_store_locked');
    expect(readFileSync(person.prompted, 'utf8')).toBe('prompt\n');
  });

  it('says that nothing outlives the program where there is none and nothing is stored', async () => {
    const person = await PersonWithKeyring.make();
    expect((await person.run('absent', doctorProgram, await temporaryHome())).answer).toBe('memory_only');
  });
});
