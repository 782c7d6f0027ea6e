import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Found } from '../../scripts/desktop-check/checks.ts';
import { desktopOf, sessionOf } from '../../scripts/desktop-check/desktop.ts';
import { readOptions } from '../../scripts/desktop-check/options.ts';
import { PrivateWords } from '../../scripts/desktop-check/private-words.ts';
import { whereToReport } from '../../scripts/desktop-check/report-file.ts';
import { isFailed, reportText } from '../../scripts/desktop-check/report.ts';
import { pageWith } from '../../scripts/desktop-check/script-text.ts';
import { casesFor, desktops, stepsFor, wordsFor, type Step } from '../../scripts/desktop-check/step.ts';
import { steps } from '../../scripts/desktop-check/steps.ts';
import { wrapped } from '../../scripts/desktop-check/terminal.ts';
import { walk, type StepResult } from '../../scripts/desktop-check/walk.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/verification.md'), 'utf8');
const installs = ['checkout', 'package'] as const;
const sessions = ['wayland', 'x11'] as const;
const scripts = desktops.flatMap((desktop) =>
  sessions.flatMap((session) => installs.map((install) => ({ desktop, session, install }))),
);

describe('the steps of the desktop check', () => {
  it('are those of docs/verification.md: node scripts/desktop-check/write-page.ts', () => {
    expect(pageWith(page, desktops)).toBe(page);
  });

  it.each(scripts)('fit into ten minutes: $desktop, $session, $install', (surroundings) => {
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
    expect([...shown].sort()).toEqual(numbers.map((number) => `T${number}`));
  });

  it.each([
    ['wayland', 'copy-menu-wayland'],
    ['x11', 'copy-menu'],
  ])('copy from the menu as it works on %s', (session, id) => {
    const ids = stepsFor(steps, { desktop: 'kde', session, install: 'checkout' }).map((step) => step.id);
    expect(ids.filter((name) => name.startsWith('copy-menu'))).toEqual([id]);
  });
});

describe('the desktop that the check finds', () => {
  it.each([
    ['win32', {}, 'windows', 'win32'],
    ['darwin', {}, 'macos', 'darwin'],
    ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', XDG_SESSION_TYPE: 'wayland' }, 'gnome', 'wayland'],
    ['linux', { XDG_CURRENT_DESKTOP: 'KDE', XDG_SESSION_TYPE: 'x11' }, 'kde', 'x11'],
    ['linux', { XDG_CURRENT_DESKTOP: 'XFCE' }, null, 'x11'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, null, 'wayland'],
  ] as const)('%s with %j: %s', (platform, env, desktop, session) => {
    expect([desktopOf({ platform, env }), sessionOf({ platform, env })]).toEqual([desktop, session]);
  });
});

describe('the command line of the check', () => {
  it.each([
    [['--desktop', 'beos'], 'Invalid --desktop "beos": expected windows, macos, gnome, kde.'],
    [['--step'], 'Invalid options: --step.'],
    [['now'], 'Invalid options: now.'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(readOptions(args)).toEqual({
      error: `${sentence} Run \`npm run desktop-check -- --help\` for a list.`,
    });
  });
});

/** A person who gives these answers and then presses Ctrl-C. */
function personWith(answers: readonly string[]) {
  const left = [...answers];
  const said: string[] = [];
  return {
    said,
    say: (text: string) => void said.push(text),
    ask: () => Promise.resolve(left.shift() ?? null),
  };
}

async function walkWith(answers: readonly string[], walked: readonly Step[], found: Found, icons = true) {
  const results: StepResult[] = [];
  const done: string[] = [];
  const person = personWith(answers);
  const end = await walk({
    steps: walked,
    desktop: 'gnome',
    person,
    stage: {
      ready: () => Promise.resolve(null),
      act: (act) => Promise.resolve(done.push(act) > 0 ? null : null),
      check: () => Promise.resolve(found),
      showsIcons: () => Promise.resolve(icons),
    },
    done: (result) => results.push(result),
  });
  return { end, results, done, said: person.said.join('\n') };
}

describe('the walk through the steps', () => {
  const plain: Step = { id: 'plain', on: ['gnome'], do: 'Do it.', see: 'It is done.', checks: ['signed_in'] };
  const acting: Step = { id: 'acting', on: ['gnome'], do: 'Wait.', act: 'restart_app', see: 'It is back.' };
  const inPanel: Step = { id: 'in-panel', on: ['gnome'], icon: 'shown', do: 'Click.', see: 'A menu.' };
  const good = { passed: true, text: 'as it should be' };

  it('asks again until it understands, and looks by itself after the answer', async () => {
    const { end, results, said } = await walkWith(['what', 'Y'], [plain], good);
    expect([end, results[0]?.answer, results[0]?.checks]).toEqual(['through', 'seen', [good]]);
    expect(said).toContain('good: as it should be');
  });

  it('acts between what is done and what is seen, once the person is ready', async () => {
    const { results, done } = await walkWith(['', 'n', 'a blank window'], [acting], good);
    expect(done).toEqual(['restart_app']);
    expect(results[0]).toMatchObject({ answer: 'not_seen', note: 'a blank window' });
  });

  it('does nothing in a step that is skipped', async () => {
    const { results, done } = await walkWith(['s', 's'], [acting, plain], good);
    expect([done, results.map(({ answer }) => answer)]).toEqual([[], ['skipped', 'skipped']]);
  });

  it('leaves out what needs an icon where the desktop shows none', async () => {
    const { results } = await walkWith([], [inPanel], good, false);
    expect(results[0]).toMatchObject({ answer: 'not_possible', note: 'the desktop shows no tray icons' });
  });

  it('keeps what there is when it is quit or interrupted', async () => {
    expect(await walkWith(['y', 'q'], [plain, plain], good)).toMatchObject({ end: 'quit', results: [{}] });
    expect(await walkWith(['y'], [plain, plain], good)).toMatchObject({ end: 'interrupted', results: [{}] });
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
