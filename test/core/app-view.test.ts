import { describe, expect, it } from 'vitest';
import { noPolicy } from '../../electron/contract/policy.ts';
import { appView } from '../../electron/core/app-view.ts';
import { anna, Program } from '../support/program.ts';

const usual = 'https://auth.example';

function viewOf({ core, settings }: Program, service = usual, managed: string | null = null) {
  return appView(
    {
      core,
      vault: { keyStore: 'keyring' },
      settings,
      copied: null,
      endpoint: { url: 'http://127.0.0.1:7145', moved: false },
      service,
      policy: { ...noPolicy, service: managed },
      username: 'first@warehouse.example',
      language: 'en',
      storageProtected: true,
      keyStoreTrouble: null,
      mayStartAtLogin: true,
      newVersion: null,
    },
    null,
  );
}

/** What the login form begins with. */
function formOf(program: Program, service = usual) {
  return viewOf(program, service).signIn;
}

async function signedOutBefore(account: string): Promise<Program> {
  const program = await Program.started();
  await program.settings.set('defaultAccount', account);
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

  it('goes to the service of the policy alone, also for an account that is signed in at another', async () => {
    const program = await Program.signedIn();
    expect(formOf(program).service).not.toBe('https://managed.example');
    const { signIn, managed } = viewOf(program, 'https://managed.example', 'https://managed.example');
    expect(signIn).toMatchObject({ service: 'https://managed.example', username: anna });
    expect(managed.service).toBe(true);
  });

  it('is not the policy’s where an option of the start stands above it', async () => {
    const { signIn, managed } = viewOf(await Program.started(), usual, 'https://managed.example');
    expect([signIn.service, managed.service]).toEqual([usual, false]);
  });
});
