import { describe, expect, it } from 'vitest';
import type { Found } from '../../scripts/desktop-check/checks.ts';
import type { Step } from '../../scripts/desktop-check/step.ts';
import type { Done, StepResult } from '../../scripts/desktop-check/walk-parts.ts';
import { walk } from '../../scripts/desktop-check/walk.ts';
import { ScriptedPerson } from '../support/scripted-person.ts';

const good: Found = { passed: true, text: 'as it should be' };

interface Walked {
  readonly found?: Found;
  readonly icons?: boolean | null;
  readonly ready?: Done;
}

async function walkWith(
  answers: readonly string[],
  walked: readonly Step[],
  { found = good, icons = true, ready = { said: null } }: Walked = {},
) {
  const results: StepResult[] = [];
  const done: string[] = [];
  const looks: string[] = [];
  const person = new ScriptedPerson(answers);
  const end = await walk({
    steps: walked,
    desktop: 'gnome',
    person,
    stage: {
      ready: () => Promise.resolve(ready),
      act: (act) => {
        done.push(act);
        return Promise.resolve({ said: null });
      },
      check: (name) => {
        looks.push(name);
        return Promise.resolve(found);
      },
      showsIcons: () => Promise.resolve(icons),
    },
    done: (result) => results.push(result),
  });
  return { end, results, done, looks, heard: person.heard };
}

const plain: Step = { id: 'plain', on: ['gnome'], do: 'Do it.', see: 'It is done.', checks: ['signed_in'] };
const acting: Step = { id: 'acting', on: ['gnome'], do: 'Wait.', act: 'restart_app', see: 'It is back.' };
const inPanel: Step = { id: 'in-panel', on: ['gnome'], icon: 'shown', do: 'Click.', see: 'A menu.' };
const pasting: Step = { ...plain, id: 'pasting', checks: ['token_gone', 'signed_in'] };

describe('the walk through the steps', () => {
  it('asks again until it understands, and looks by itself after the answer', async () => {
    const { end, results, heard } = await walkWith(['what', 'Y'], [plain]);
    expect([end, results[0]?.answer, results[0]?.checks]).toEqual(['through', 'seen', [good]]);
    expect(heard).toContain('good: as it should be');
  });

  it('acts between what is done and what is seen, once the person is ready', async () => {
    const { results, done } = await walkWith(['', 'n', 'a blank window'], [acting]);
    expect(done).toEqual(['restart_app']);
    expect(results[0]).toMatchObject({ answer: 'not_seen', note: 'a blank window' });
  });

  it('does nothing in a step that is skipped', async () => {
    const { results, done } = await walkWith(['s', 's'], [acting, plain]);
    expect([done, results.map(({ answer }) => answer)]).toEqual([[], ['skipped', 'skipped']]);
  });

  it('leaves out what needs an icon where the desktop shows none', async () => {
    const { results } = await walkWith([], [inPanel], { icons: false });
    expect(results[0]).toMatchObject({ answer: 'not_possible', note: 'the desktop shows no tray icons' });
  });

  it('shows a step with the icon where nothing is known about icons, and says so in the report', async () => {
    const { results } = await walkWith(['y'], [inPanel], { icons: null });
    expect(results[0]).toMatchObject({
      answer: 'seen',
      checks: [{ passed: null, text: 'the session bus did not say whether the desktop shows tray icons' }],
    });
  });

  it('keeps what there is when it is quit or interrupted', async () => {
    expect(await walkWith(['y', 'q'], [plain, plain])).toMatchObject({ end: 'quit', results: [{}] });
    expect(await walkWith(['y'], [plain, plain])).toMatchObject({ end: 'interrupted', results: [{}] });
    const ready = { ended: 'quit' } as const;
    expect(await walkWith(['y'], [plain], { ready })).toMatchObject({ end: 'quit', results: [] });
  });

  it('announces what is to be pasted before it asks for an answer', async () => {
    const { heard } = await walkWith(['y'], [pasting]);
    expect(heard).toMatch(/Then: After your answer, paste the clipboard here once more.*\nSeen\?/);
  });
});

describe('the way back', () => {
  it('is for the answer alone: the program acts and looks once, but takes another paste', async () => {
    const answers = ['', 'y', 'b', 'n', 'no window', 'y', 'b', 'n', 'still there', 's'];
    const { end, results, done, looks, heard } = await walkWith(answers, [acting, pasting, plain]);
    expect(end).toBe('through');
    expect(results.map(({ id, answer, note }) => [id, answer, note])).toEqual([
      ['acting', 'seen', ''],
      ['acting', 'not_seen', 'no window'],
      ['pasting', 'seen', ''],
      ['pasting', 'not_seen', 'still there'],
      ['plain', 'skipped', ''],
    ]);
    expect([done, looks]).toEqual([['restart_app'], ['token_gone', 'signed_in', 'token_gone']]);
    expect(results[3]?.checks).toEqual([good, good]);
    expect(heard).toContain('You answered yes. Answer again.');
  });

  it('leads to a step that was skipped, and then on to where the person was', async () => {
    const { end, results, done } = await walkWith(
      ['s', 'y', 'b', 'b', '', 'y', 's'],
      [acting, plain, pasting],
    );
    expect([end, done]).toEqual(['through', ['restart_app']]);
    expect(results.map(({ id, answer }) => [id, answer])).toEqual([
      ['acting', 'skipped'],
      ['plain', 'seen'],
      ['acting', 'seen'],
      ['pasting', 'skipped'],
    ]);
  });

  it('passes over what was left out, and is not offered in the first step', async () => {
    const { results, heard } = await walkWith(['b', 'y', 'b', 'n', 'x', 's'], [plain, inPanel, acting], {
      icons: false,
    });
    expect(results.map(({ id, answer }) => [id, answer])).toEqual([
      ['plain', 'seen'],
      ['in-panel', 'not_possible'],
      ['plain', 'not_seen'],
      ['acting', 'skipped'],
    ]);
    expect(heard.match(/b back/g)).toHaveLength(2);
  });
});
