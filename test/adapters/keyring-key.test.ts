import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSecretService, PersonWithKeyring, type Daemon } from '../support/secret-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const needs = noSecretService === null ? '' : ` (skipped: it needs ${noSecretService})`;
const program = join(import.meta.dirname, '../support/keyring-program.ts');
const timeout = 60_000;
/** The key store's own, for `doctor`. */
const someWords: unknown = expect.stringMatching(/\w/);

describe.skipIf(noSecretService !== null)(`the key in GNOME’s real key store${needs}`, () => {
  async function storedKey(): Promise<{ person: PersonWithKeyring; home: string; text: string }> {
    const person = await PersonWithKeyring.make();
    const home = await temporaryHome();
    const { answer: text } = await person.run('unlocked', program, home, 'protect');
    return { person, home, text };
  }

  it('is made once, and opens what it protected at each later start', { timeout }, async () => {
    const { person, home, text } = await storedKey();
    const second = await person.run('unlocked', program, home, 'protect');
    for (const protectedText of [text, second.answer]) {
      const opened = await person.run('unlocked', program, home, 'unprotect', protectedText);
      expect(opened).toEqual({ answer: 'the key', detail: null });
    }
    expect((await person.run('unlocked', program, home, 'condition')).answer).toBe('usable');
  });

  it('belongs to one home: another one’s vault is not opened', { timeout }, async () => {
    const { person, text } = await storedKey();
    const other = await temporaryHome();
    await person.run('unlocked', program, other, 'protect');
    const opened = await person.run('unlocked', program, other, 'unprotect', text);
    expect(opened.answer).toBe('undecryptable');
  });

  it(
    'V08 is undecryptable where the open key store has no entry of ours (any more)',
    { timeout },
    async () => {
      const { home, text } = await storedKey();
      const afterReset = await PersonWithKeyring.make();
      const opened = await afterReset.run('unlocked', program, home, 'unprotect', text);
      expect(opened.answer).toBe('undecryptable');
    },
  );

  it('V08 is undecryptable where the stored text has been changed', { timeout }, async () => {
    const { person, home, text } = await storedKey();
    const changed = `${text.slice(0, 30)}${text[30] === 'A' ? 'B' : 'A'}${text.slice(31)}`;
    const opened = await person.run('unlocked', program, home, 'unprotect', changed);
    expect(opened.answer).toBe('undecryptable');
  });

  it.each<[Daemon, condition: string]>([
    ['locked', 'locked'],
    ['absent', 'none'],
    ['without a bus', 'none'],
  ])(
    'V07 with a key store that is %s, what is stored is locked, and opens later',
    { timeout },
    async (daemon, condition) => {
      const { person, home, text } = await storedKey();
      const locked = await person.run(daemon, program, home, 'unprotect', text);
      expect(locked).toEqual({ answer: 'locked', detail: someWords });
      expect((await person.run(daemon, program, home, 'protect')).answer).toBe('locked');
      const probed = await person.run(daemon, program, home, 'condition');
      expect(probed).toEqual({ answer: condition, detail: someWords });
      expect((await person.run('unlocked', program, home, 'unprotect', text)).answer).toBe('the key');
    },
  );

  it(
    'V07 a key store that was never set up, with nobody to set it up, takes nothing',
    { timeout },
    async () => {
      const person = await PersonWithKeyring.make();
      const home = await temporaryHome();
      expect((await person.run('never set up', program, home, 'condition')).answer).toBe('locked');
      expect((await person.run('never set up', program, home, 'protect')).answer).toBe('locked');
    },
  );

  it(
    'V12 a prompt that nobody answers is “locked” meanwhile, comes up once, and keeps no program from ending',
    { timeout },
    async () => {
      const { person: atHome, home, text } = await storedKey();
      const away = await PersonWithKeyring.make({ promptHangs: true });
      await atHome.copyKeyringTo(away);
      const locked = await away.run('locked', program, home, 'unprotect', text, away.prompted);
      expect(locked).toEqual({ answer: 'locked', detail: 'the key store has not answered yet' });
      expect(await readFile(away.prompted, 'utf8')).toBe('prompt\n');
    },
  );
});
