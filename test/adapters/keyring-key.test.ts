import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyStep } from '../support/keyring-program.ts';
import { noSecretService, PersonWithKeyring, type Daemon } from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const needs = noSecretService === null ? '' : ` (skipped: it needs ${noSecretService})`;
const program = join(import.meta.dirname, '../support/keyring-program.ts');
/** The key store's own, for `doctor`. */
const someWords: unknown = expect.stringMatching(/\w/);

describe.skipIf(noSecretService !== null)(`the key in GNOME’s real key store${needs}`, () => {
  const shared = new AsyncDisposableStack();
  let person: PersonWithKeyring;
  let home: string;
  let text: string;

  /** Steps in one session of a person's, since the programs in it cost more than the steps. */
  function take(whose: PersonWithKeyring, daemon: Daemon, ...steps: KeyStep[]) {
    return whose.run(daemon, program, JSON.stringify(steps));
  }
  const opened = { answer: 'the key', detail: null };
  const undecryptable = { answer: 'undecryptable' };
  const unprotect = (): KeyStep => ({ do: 'unprotect', home, text });

  beforeAll(async () => {
    person = await PersonWithKeyring.make({ shared });
    home = await temporaryHome(shared);
    const [kept] = await take(person, 'unlocked', { do: 'protect', home });
    text = kept?.answer ?? '';
  });
  afterAll(() => shared.disposeAsync());

  it('V08 is made once, belongs to one home, and opens nothing that was changed', async () => {
    const other = await temporaryHome();
    const changed = `${text.slice(0, 30)}${text[30] === 'A' ? 'B' : 'A'}${text.slice(31)}`;
    const [condition, first, second, , ...refused] = await take(
      person,
      'unlocked',
      { do: 'condition', home },
      unprotect(),
      { do: 'protect', home },
      { do: 'protect', home: other },
      { do: 'unprotect', home: other, text },
      { do: 'unprotect', home, text: changed },
    );
    expect(condition?.answer).toBe('usable');
    expect(first).toEqual(opened);
    expect(refused).toMatchObject([undecryptable, undecryptable]);
    const later = { do: 'unprotect', home, text: second?.answer ?? '' } as const;
    expect(await take(person, 'unlocked', unprotect(), later)).toEqual([opened, opened]);
  });

  it('V08 is undecryptable where the open key store has no entry of ours (any more)', async () => {
    const afterReset = await PersonWithKeyring.make();
    expect(await take(afterReset, 'unlocked', unprotect())).toMatchObject([undecryptable]);
  });

  it('V07 without an open key store, what is stored is locked, and opens later', async () => {
    const withoutOne: readonly (readonly [Daemon, condition: string])[] = [
      ['locked', 'locked'],
      ['absent', 'none'],
      ['without a bus', 'none'],
    ];
    for (const [daemon, condition] of withoutOne) {
      const answers = await take(
        person,
        daemon,
        unprotect(),
        { do: 'protect', home },
        { do: 'condition', home },
      );
      const locked = { answer: 'locked', detail: someWords };
      expect(answers, daemon).toEqual([locked, locked, { answer: condition, detail: someWords }]);
    }
    expect(await take(person, 'unlocked', unprotect())).toEqual([opened]);
  });

  it('V07 a key store that was never set up, with nobody to set it up, takes nothing', async () => {
    const answers = await take(
      await PersonWithKeyring.make(),
      'never set up',
      { do: 'condition', home },
      { do: 'protect', home },
    );
    expect(answers).toMatchObject([{ answer: 'locked' }, { answer: 'locked' }]);
  });

  it('V12 a prompt that nobody answers is “locked” meanwhile, comes up once, and keeps no program from ending', async () => {
    const away = await PersonWithKeyring.make({ promptHangs: true });
    await person.copyKeyringTo(away);
    const locked = { answer: 'locked', detail: 'the key store has not answered yet' };
    const asked: KeyStep = { do: 'unprotect', home, text, prompted: away.prompted };
    expect(await take(away, 'locked', asked)).toEqual([locked]);
    expect(await readFile(away.prompted, 'utf8')).toBe('prompt\n');
  });
});
