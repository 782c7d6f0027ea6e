import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { doctorOn, ofKeyStore } from '../support/doctor-call.ts';
import type { KeyringTask } from '../support/keyring-agent-program.ts';
import {
  noSecretService,
  PersonWithKeyring,
  type Daemon,
  type SessionAnswer,
} from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const program = join(import.meta.dirname, '../support/keyring-agent-program.ts');
const without = noSecretService === null ? '' : ` (needs ${noSecretService})`;

describe.skipIf(noSecretService !== null)(`the system’s own key store alone${without}`, () => {
  const shared = new AsyncDisposableStack();
  let person: PersonWithKeyring;
  let home: string;
  let service: AuthService;
  let firstLogin: SessionAnswer[];

  /** Tasks in one session of the person's. */
  function run(daemon: Daemon, ...tasks: KeyringTask[]) {
    return person.run(daemon, program, home, ...tasks);
  }

  /** What doctor alone says of the key store, in a session of its own. */
  async function doctor(whose: PersonWithKeyring, daemon: Daemon, on: string): Promise<string> {
    const env = { ...whose.env, TOKEN_TRAY_KEY_STORE: undefined, TOKEN_TRAY_API: service.url };
    return ofKeyStore(await doctorOn(on, env, whose.through(daemon))).answer;
  }

  beforeAll(async () => {
    person = await PersonWithKeyring.make({ shared });
    home = await temporaryHome(shared);
    service = shared.use(await startAuthService());
    firstLogin = await run('unlocked', 'sign-in', 'doctor');
  });
  afterAll(() => shared.disposeAsync());

  it('an agent that was killed and is started without a password hands out the same token', () => {
    const answer = 'exit 0; keyring active, same token: true';
    expect(firstLogin[0]).toEqual({ answer, detail: '1/0' });
    expect(existsSync(join(home, 'vault.keyring.json'))).toBe(true);
  });

  it('E40, V07 locked: no token, its own code at every door, what to do, and what doctor says', async () => {
    expect(await run('locked', 'doors', 'doctor')).toEqual([
      {
        answer: 'keyring locked: 503 locked null; 503 locked null; exit 1',
        detail:
          'This computer’s key store is locked. Unlock it to go on. Where that is not possible, as over ssh, token-tray doctor names another way.',
      },
      { answer: 'key_store_locked', detail: expect.stringMatching(/./) as unknown },
    ]);
  });

  it('V07, V08 doctor tells an open one, one that is gone, and one that lost the key', async () => {
    expect(firstLogin[1]).toEqual({ answer: 'key_store_good', detail: null });
    expect(await doctor(person, 'without a bus', home)).toBe('key_store_gone');
    // Another person's key store knows nothing of this home.
    const stranger = await PersonWithKeyring.make();
    expect(await doctor(stranger, 'unlocked', home)).toBe('key_lost');
  });

  it('V12 doctor gives up on a prompt that nobody answers, and says locked', async () => {
    const away = await PersonWithKeyring.make({ promptHangs: true });
    await person.copyKeyringTo(away);
    expect(await doctor(away, 'locked', home)).toBe('key_store_locked');
    expect(readFileSync(away.prompted, 'utf8')).toBe('prompt\n');
  });

  it('doctor says that nothing outlives the program where there is none and nothing is stored', async () => {
    expect(await doctor(person, 'absent', await temporaryHome())).toBe('memory_only');
  });
});
