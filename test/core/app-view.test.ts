import { describe, expect, it } from 'vitest';
import { noPolicy } from '../../electron/contract/policy.ts';
import { appView } from '../../electron/core/app-view.ts';
import { anna, Program } from '../support/program.ts';

const usual = 'https://auth.example';

/** What the login form begins with. */
function formOf({ core, settings }: Program, service = usual) {
  const { signIn } = appView(
    {
      core,
      vault: { keyStore: 'keyring' },
      settings,
      copied: null,
      endpoint: { url: 'http://127.0.0.1:47145', moved: false },
      service,
      policy: noPolicy,
      username: 'first@warehouse.example',
      language: 'en',
      storageProtected: true,
      mayStartAtLogin: true,
      newVersion: null,
    },
    null,
  );
  return signIn;
}

async function signedOutBefore(account: string): Promise<Program> {
  const program = await Program.started();
  program.settings.set('defaultAccount', account);
  return program;
}

describe('the login form', () => {
  it('begins with what the start was told, where there is no account', async () => {
    expect(formOf(await Program.started())).toEqual({
      service: usual,
      username: 'first@warehouse.example',
      form: 'basic',
    });
  });

  it('begins with the account that was signed out before this start', async () => {
    expect(formOf(await signedOutBefore(anna))).toMatchObject({ service: usual, username: anna });
  });

  it('leads an account whose id holds a host to that host, by its user name', async () => {
    const program = await signedOutBefore(`${anna}|other.example:8443`);
    expect(formOf(program)).toMatchObject({ service: 'https://other.example:8443', username: anna });
    const started = formOf(program, 'http://other.example:8443');
    expect(started).toMatchObject({ service: 'http://other.example:8443', username: anna });
  });
});
