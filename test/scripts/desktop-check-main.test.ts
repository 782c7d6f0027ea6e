import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endAfterShutdown } from '../../scripts/desktop-check/after-shutdown.ts';
import { PrivateWords } from '../../scripts/desktop-check/private-words.ts';
import { ScriptedPerson } from '../support/scripted-person.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const program = join(import.meta.dirname, '../../scripts/desktop-check/main.ts');

describe('the desktop check without a terminal', () => {
  it.each([
    [[], '--steps'],
    [
      ['--after-shutdown'],
      '`npm run desktop-check -- --after-shutdown` in one, in the folder where you started',
    ],
  ])('%j is refused with the command to run instead', (args, sentence) => {
    const said = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
    expect(said).toMatchObject({ status: 1, stdout: '' });
    expect(said.stderr).toContain(sentence);
  });

  it('refuses the steps of another system, and prints them', () => {
    const other = process.platform === 'darwin' ? 'windows' : 'macos';
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [program, '--desktop', other, ...args], { encoding: 'utf8' });
    const said = run();
    expect(said.status).toBe(2);
    expect(said.stderr).toContain('belongs to another system');
    expect(run('--steps')).toMatchObject({ status: 0, stderr: '' });
  });
});

it('--after-shutdown names the folder in which it found no check', async () => {
  const folder = await temporaryHome();
  const person = new ScriptedPerson([]);
  const nobody = { homedir: '/root', username: 'x', hostname: 'x', home: folder, root: '/x' };
  const code = await endAfterShutdown({
    person,
    folder,
    leftPath: join(folder, 'desktop-check-left.json'),
    wordsFor: () => new PrivateWords(nobody),
    next: '',
  });
  expect(code).toBe(1);
  expect(person.heard).toContain(`in ${folder}.`);
});
