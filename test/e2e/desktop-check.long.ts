import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canCheckDesktop,
  checkAfterCopy,
  instead,
  paste,
  ready,
  row,
  seen,
  signIn,
} from '../support/desktop-check.ts';
import { DesktopCheckPerson } from '../support/desktop-check-person.ts';
import { demo } from '../support/state-row.ts';
import { call } from '../support/token-tray-process.ts';

describe.skipIf(!canCheckDesktop)('npm run desktop-check', () => {
  it('leads a person through the steps, and leaves nothing but a report without secrets', async () => {
    const check = await checkAfterCopy(({ person }) => person.answers('icon', seen, 'y'));
    const { person, folder, home, token } = check;
    const { key } = check.endpoint;
    expect(person.screen).not.toContain(token);
    await person.answers('history', seen, 's');
    await person.answers('copy-menu-wayland', seen, 'n');
    await person.types(instead, `a word in ${home}, and ${token}`);
    await person.types(paste, 'a word');
    await person.reads(/You have one more try/);
    await person.types(paste, 'a word');
    await person.answers('clear', seen, 'y');
    await person.types(paste, '');
    await person.answers('notification', ready, '');
    await person.reads(seen);
    await signIn(home);
    await person.types(/^/, 'y');
    for (const id of ['no-icon', 'icon-back']) await person.answers(id, seen, 's');
    await person.answers('second-start', ready, '');
    await person.types(seen, 'y');
    await person.answers('login-on', seen, 's');
    await person.answers('login-off', seen, 'y');
    await person.answers('sleep', seen, 's');
    await person.answers('key-store-locked', ready, '');
    await person.types(seen, 'n');
    await person.types(instead, 'no question | at all');
    await person.answers('key-store-opened', seen, 's');
    await person.reads(/quit\r\n[\s\S]*?Seen\?[^:]*: /);
    expect(await call(['stop', '--home', home])).toMatchObject({ exitCode: 0 });
    await person.types(/^/, 'y');
    await person.answers('shutdown', ready, 's');
    expect(await person.ended()).toBe('exit 1');

    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(row(report, 'start')).toBe('| start | seen | good: state signed_out, key store safe-storage |  |');
    expect(row(report, 'sign-in')).toContain(
      'good: state active, key store safe-storage; good: safeStorage protects',
    );
    expect(row(report, 'copy')).toContain('| seen | good: the clipboard holds the token that tools get |');
    expect(row(report, 'copy-menu-wayland')).toMatch(
      /\| \*\*not seen\*\* \| WRONG: the clipboard holds another text \(second try; the first held another text\) \| a word in \(home of the check\), and \[secret\] \|$/,
    );
    expect(row(report, 'clear')).toContain('good: the clipboard holds nothing');
    expect(row(report, 'notification')).toContain('good: state active');
    expect(row(report, 'second-start')).toContain('good: the second start ended with exit code 0');
    expect(row(report, 'login-off')).toContain('good: the system does not start the app at login');
    expect(row(report, 'key-store-locked')).toContain(String.raw`no question \| at all`);
    expect(row(report, 'quit')).toContain('good: the app has ended');
    expect(report).not.toMatch(
      new RegExp([token, key, folder, demo.password].map((text) => RegExp.escape(text)).join('|')),
    );
    expect(person.homes).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['report.md', 'system', 'tmp']);
  });

  it('is ended after a shutdown, with what became of the app', async () => {
    const folder = await DesktopCheckPerson.folder();
    await using leaving = await DesktopCheckPerson.start(folder, []);
    // Everything is skipped until the last step.
    await leaving.answersAll(/Seen\?[^:]*: |Press Enter when[^:]*: /, 's', 'shutdown');
    await leaving.types(ready, '');
    await leaving.reads(/Shut the computer down now/);
    const [home = ''] = leaving.homes;
    expect(await call(['stop', '--home', home])).toMatchObject({ exitCode: 0 });
    await leaving[Symbol.asyncDispose]();

    await using early = await DesktopCheckPerson.start(folder, [], { begins: false });
    await early.reads(/Run `npm run desktop-check -- --after-shutdown` first/);
    await using later = await DesktopCheckPerson.start(folder, ['--after-shutdown'], { begins: false });
    await later.types(seen, 'y');
    expect(await later.ended()).toBe('exit 0');
    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(row(report, 'shutdown')).toContain('| seen | good: the app ended cleanly');
    expect(readdirSync(folder).sort()).toEqual(['report.md', 'system', 'tmp']);
    expect(later.homes).toEqual([]);
  });
});
