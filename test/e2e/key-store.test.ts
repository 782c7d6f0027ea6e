import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSecretService, PersonWithKeyring } from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const agentProgram = join(import.meta.dirname, '../support/keyring-agent-program.ts');
const lockedProgram = join(import.meta.dirname, '../support/locked-agent-program.ts');
const without = noSecretService === null ? '' : ` (needs ${noSecretService})`;

describe.skipIf(noSecretService !== null)(`the system’s own key store alone${without}`, () => {
  it('an agent that was killed and is started without a password hands out the same token', async () => {
    const person = await PersonWithKeyring.make();
    expect(await person.run('unlocked', agentProgram, await temporaryHome())).toEqual({
      answer: 'keyring, same token: true',
      detail: '1/0',
    });
  });

  it('E40 locked: no token, its own code at every door, and what to do', async () => {
    const person = await PersonWithKeyring.make();
    const home = await temporaryHome();
    const signedIn = 'keyring active: 200 undefined null; not asked; exit 0';
    expect(await person.run('unlocked', lockedProgram, home, 'sign-in')).toMatchObject({ answer: signedIn });
    expect(await person.run('locked', lockedProgram, home)).toEqual({
      answer: 'keyring locked: 503 locked null; 503 locked null; exit 1',
      detail: 'This computer’s key store is locked. Unlock it to go on.',
    });
  });
});
