import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSecretService, PersonWithKeyring } from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const agentProgram = join(import.meta.dirname, '../support/keyring-agent-program.ts');
const without = noSecretService === null ? '' : ` (needs ${noSecretService})`;

describe.skipIf(noSecretService !== null)(`the system’s own key store alone${without}`, () => {
  it('an agent that was killed and is started without a password hands out the same token', async () => {
    const person = await PersonWithKeyring.make();
    expect(await person.run('unlocked', agentProgram, await temporaryHome())).toEqual({
      answer: 'keyring, same token: true',
      detail: '1/0',
    });
  });
});
