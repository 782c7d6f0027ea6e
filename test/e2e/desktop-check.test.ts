import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canCheckDesktop, checkAfterCopy, instead, row, seen } from '../support/desktop-check.ts';
import { DesktopCheckPerson } from '../support/desktop-check-person.ts';
import { demo } from '../support/state-row.ts';
import { patienceMs } from '../support/terminal.ts';

describe.skipIf(!canCheckDesktop)('npm run desktop-check', () => {
  it('ends everything at Ctrl-C, and keeps a report without secrets and names', async () => {
    const check = await checkAfterCopy(async ({ person, folder, home, endpoint, token }) => {
      await person.answers('icon', seen, 'n');
      const names = `${userInfo().username} on ${hostname()} in ${folder}/x with ${home}`;
      await person.types(instead, `${names} and ${token} and ${endpoint.key}`);
    });
    const { person, folder, token, endpoint } = check;
    const { key, pid, url } = endpoint;
    await person.reads(/history\r\n[\s\S]*?Seen\?[^:]*: /);
    // It was typed into the visible line of the step before, and there alone.
    expect(person.screen.split(token)).toHaveLength(2);
    person.interrupts();
    expect(await person.ended()).toBe('exit 130');

    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(report).toContain('It was interrupted.');
    expect(row(report, 'icon')).toContain(
      '| (user) on (computer) in ~/x with (home of the check) and [secret] and [secret] |',
    );
    expect(row(report, 'sign-in')).toContain(
      'good: state active, key store safe-storage; good: safeStorage protects',
    );
    expect(row(report, 'copy')).toContain('good: the clipboard holds the token that tools get');
    expect(row(report, 'history')).toBe('| history | not reached | | |');
    for (const text of [token, key, folder, demo.password]) expect(report).not.toContain(text);
    expect(person.homes).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('leaves nothing at a Ctrl-C before it has begun', async () => {
    const folder = await DesktopCheckPerson.folder();
    const bin = join(folder, 'system', 'bin');
    await mkdir(bin, { recursive: true });
    // The check asks git for the commit; the Ctrl-C ends git too.
    await writeFile(join(bin, 'git'), `#!/bin/sh\ntouch '${folder}/asked'\nexec sleep 60\n`, { mode: 0o700 });
    await using person = await DesktopCheckPerson.start(folder, [], { begins: false });
    await expect.poll(() => existsSync(join(folder, 'asked')), { timeout: patienceMs }).toBe(true);
    person.interrupts();
    expect(await person.ended()).toBe('exit 130');
    expect(person.screen).not.toContain('Press Enter');
    expect(readdirSync(folder).sort()).toEqual(['asked', 'system', 'tmp']);
    expect(person.homes).toEqual([]);
  });
});
