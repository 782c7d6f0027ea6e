import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { desktopOf, refusedDesktop, sessionOf, targetOf } from '../../scripts/desktop-check/desktop.ts';
import { readOptions } from '../../scripts/desktop-check/options.ts';
import { PrivateWords } from '../../scripts/desktop-check/private-words.ts';
import { whereToReport } from '../../scripts/desktop-check/report-file.ts';
import { isFailed, reportText } from '../../scripts/desktop-check/report.ts';
import { listText, pageWith } from '../../scripts/desktop-check/script-text.ts';
import {
  casesFor,
  desktops,
  sessions,
  stepsFor,
  wordsFor,
  type Desktop,
  type Session,
} from '../../scripts/desktop-check/step.ts';
import { steps } from '../../scripts/desktop-check/steps.ts';
import { wrapped } from '../../scripts/desktop-check/terminal.ts';
import type { StepResult } from '../../scripts/desktop-check/walk-parts.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/verification.md'), 'utf8');
const installs = ['checkout', 'package'] as const;
const scripts = desktops.flatMap((desktop) =>
  sessions.flatMap((session) => installs.map((install) => ({ desktop, session, install }))),
);

describe('the steps of the desktop check', () => {
  it('are those of docs/verification.md: node scripts/desktop-check/write-page.ts', () => {
    expect(pageWith(page, desktops)).toBe(page);
  });

  it.each(scripts)('are not too many for one sitting: $desktop, $session, $install', (surroundings) => {
    const walked = stepsFor(steps, surroundings);
    // One of the two for a panel with and without icons is left out.
    expect(walked.filter(({ icon }) => icon !== 'not_shown').length).toBeLessThanOrEqual(22);
    expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length);
    expect(walked.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'start',
        'icon',
        'sign-in',
        'click',
        'keyboard',
        'copy',
        'clear',
        'sleep',
        'quit',
      ]),
    );
    expect(walked.at(-1)?.id).toBe('shutdown');
    for (const step of walked) {
      expect(wordsFor(step.do, surroundings.desktop), step.id).toMatch(/^[A-Z].*\.$/);
      expect(wordsFor(step.see, surroundings.desktop), step.id).toMatch(/^[A-Z“].*\.$/);
    }
  });

  it('name the cases that they show, which only a desktop does', () => {
    const shown = new Set(desktops.flatMap((desktop) => steps.flatMap((step) => casesFor(step, desktop))));
    const numbers = [10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21];
    expect([...shown].sort()).toEqual(['M7', ...numbers.map((number) => `T${number}`)]);
  });

  it.each([
    ['wayland', 'copy-menu-wayland'],
    ['x11', 'copy-menu'],
  ] as const)('copy from the menu as it works on %s', (session, id) => {
    const ids = stepsFor(steps, { desktop: 'kde', session, install: 'checkout' }).map((step) => step.id);
    expect(ids.filter((name) => name.startsWith('copy-menu'))).toEqual([id]);
  });
});

describe('the desktop that the check finds', () => {
  it.each([
    ['win32', {}, 'windows', null],
    ['darwin', {}, 'macos', null],
    ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', XDG_SESSION_TYPE: 'wayland' }, 'gnome', 'wayland'],
    ['linux', { XDG_CURRENT_DESKTOP: 'KDE', XDG_SESSION_TYPE: 'x11' }, 'kde', 'x11'],
    ['linux', { XDG_CURRENT_DESKTOP: 'XFCE', DISPLAY: ':0', XDG_SESSION_TYPE: 'tty' }, null, 'x11'],
    ['linux', { XDG_SESSION_TYPE: 'tty' }, null, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, null, 'wayland'],
  ] as const)('%s with %j: %s', (platform, env, desktop, session) => {
    expect([desktopOf({ platform, env }), sessionOf({ platform, env })]).toEqual([desktop, session]);
  });

  it('is named above its steps, with what was not recognised', () => {
    const listed = (env: Record<string, string>, desktop: Desktop | null, session: Session | null) => {
      const target = targetOf({ platform: 'linux', env }, { desktop, session });
      return listText(stepsFor(steps, { ...target, install: 'checkout' }), target).split('\n\n')[0];
    };
    expect(listed({}, null, null)).toBe(
      'The steps for KDE Plasma on Wayland.\n' +
        'This desktop has no steps of its own (XDG_CURRENT_DESKTOP=): these are KDE’s. Skip what does not apply, or choose others with --desktop.\n' +
        'The session was not recognised (XDG_SESSION_TYPE=): these are the steps for Wayland. Choose others with --session.',
    );
    expect(listed({}, 'gnome', 'x11')).toBe('The steps for GNOME on X11.');
    expect(listed({}, 'windows', null)).toBe('The steps for Windows 11.');
  });

  it('can be checked on its own system only', () => {
    const on = (platform: NodeJS.Platform) =>
      desktops.filter((desktop) => refusedDesktop({ desktop }, { platform, env: {} }) === null);
    expect([on('win32'), on('darwin'), on('linux')]).toEqual([['windows'], ['macos'], ['gnome', 'kde']]);
    expect(refusedDesktop({ desktop: 'windows' }, { platform: 'linux', env: {} })).toContain(
      '`npm run desktop-check -- --steps --desktop windows` prints its steps.',
    );
  });
});

describe('the command line of the check', () => {
  it.each([
    [['--desktop', 'beos'], 'Invalid --desktop "beos": expected windows, macos, gnome, kde.'],
    [['--session', 'mir'], 'Invalid --session "mir": expected wayland or x11.'],
    [['--step'], 'Unknown option --step.'],
    [['-x'], 'Unknown option -x.'],
    [['--app'], '--app needs a value.'],
    [['--app='], '--app needs a value.'],
    [['--app', '--steps'], '--app needs a value.'],
    [['--steps=all'], '--steps takes no value.'],
    [['now'], 'Unexpected "now".'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(readOptions(args)).toEqual({
      error: `${sentence} Run \`npm run desktop-check -- --help\` for a list.`,
    });
  });
});

describe('the report', () => {
  const words = new PrivateWords({
    homedir: String.raw`C:\Users\Anna`,
    username: 'Anna',
    hostname: 'front-desk.example.com',
    home: String.raw`C:\Users\Anna\AppData\Local\Temp\token-tray-check-x`,
    root: String.raw`C:\Users\Anna\token-tray`,
  });

  it.each([
    ['anna on front-desk', '(user) on (computer)'],
    ['Annabel at FRONT-DESK.example.com', 'Annabel at (computer)'],
    [String.raw`c:\users\anna\x and C:/Users/Anna/y and C:\\Users\\Anna`, String.raw`~\x and ~/y and ~`],
    [
      String.raw`C:\Users\Anna\AppData\Local\Temp\token-tray-check-x\lock`,
      String.raw`(home of the check)\lock`,
    ],
    ['Bearer abc', 'Bearer [secret]'],
    ['two\nlines', 'two lines'],
  ])('shows %j as %j', (text, shown) => {
    expect(words.hide(text)).toBe(shown);
  });

  it('names a folder whose random name looks like a secret', () => {
    const home = '/tmp/token-tray-check-ABC123abc456DEF789ghi012';
    const here = new PrivateWords({ homedir: '/root', username: 'ben', hostname: 'x', home, root: '/x' });
    expect(here.hide(`in ${home}`)).toBe('in (home of the check)');
  });

  it('masks what it is told to remember, however plain it looks, and whichever names are in it', () => {
    words.remember('secret-of-anna-42');
    expect(words.hide('it said secret-of-anna-42')).toBe('it said [secret]');
    words.remember('a plain word');
    expect(words.hide('it said a plain word')).toBe('it said [secret]');
  });

  it('lists every step, and describes those that failed', () => {
    const seen: StepResult = { id: 'one', do: 'Do.', see: 'See.', answer: 'seen', note: '', checks: [] };
    const wrong = { ...seen, id: 'two', checks: [{ passed: false, text: 'state a|b' }] };
    const text = reportText(
      {
        title: 'GNOME',
        facts: [['system', 'Linux of Anna']],
        results: [seen, wrong],
        stepIds: ['one', 'two', 'three'],
        output: ['a line of Anna'],
        end: 'You ended it early.',
      },
      words,
    );
    expect(text).toContain(
      '3 steps: 2 seen, 0 not seen, 0 skipped, 0 not possible here, 0 left to do, 1 not reached.',
    );
    expect(text).toContain(String.raw`| two | seen | WRONG: state a\|b |  |`);
    expect(text).toContain('| three | not reached | | |');
    expect(text).toContain('- The program found: state a|b');
    expect(text).not.toContain('Anna');
    expect([isFailed(seen), isFailed(wrong)]).toEqual([false, true]);
  });

  it.each([
    [{ bugs: { url: 'https://example.com/bugs' } }, 'https://example.com/bugs'],
    [{ repository: 'git+https://example.com/a/b.git' }, 'https://example.com/a/b/issues'],
    [{}, '`git remote -v` names it'],
  ])('is for the place that %j names', (manifest, place) => {
    expect(whereToReport(manifest)).toContain(place);
  });
});

it('the terminal breaks a line between words, under its text', () => {
  expect(wrapped('Do:   one two three', 14)).toEqual(['Do:   one two', '      three']);
  expect(wrapped('      /a/path/that/is/long', 10)).toEqual(['      /a/path/that/is/long']);
});
