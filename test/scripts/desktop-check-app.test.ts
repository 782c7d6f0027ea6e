import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CheckStage } from '../../scripts/desktop-check/check-stage.ts';
import { CheckedApp } from '../../scripts/desktop-check/checked-app.ts';
import { Checks } from '../../scripts/desktop-check/checks.ts';
import { startApp, type StartTrouble } from '../../scripts/desktop-check/start-app.ts';
import { ScriptedPerson } from '../support/scripted-person.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const slow: StartTrouble = { kind: 'slow', text: 'It did not start within 30 s.' };
const ended: StartTrouble = { kind: 'ended', text: 'It ended with exit code 7.' };

/** An app whose starts and waits end like this, one after the other. */
async function startWith(troubles: readonly (StartTrouble | null)[], answers: readonly string[]) {
  const left = [...troubles];
  const done: string[] = [];
  const noted: string[] = [];
  const person = new ScriptedPerson(answers);
  const next = (what: string) => {
    done.push(what);
    return Promise.resolve(left.shift() ?? null);
  };
  const app = {
    start: () => next('start'),
    waitForStart: () => next('wait'),
    end: async () => {
      await next('end');
    },
  };
  const end = await startApp(app, person, (text) => noted.push(text));
  return { end, done, noted, heard: person.heard };
}

describe('an app that does not serve', () => {
  it('is waited for again, where it is slow and the person says so', async () => {
    const { end, done, noted, heard } = await startWith([slow, null], ['w']);
    expect([end, done, noted]).toEqual([null, ['start', 'wait'], [slow.text]]);
    expect(heard).toContain('It did not start within 30 s.');
  });

  it('is ended and started again', async () => {
    const { end, done } = await startWith([slow, null, null], ['t']);
    expect([end, done]).toEqual([null, ['start', 'end', 'start']]);
  });

  it('is not waited for once it has ended', async () => {
    const { end, done, heard } = await startWith([ended], ['w', 'q']);
    expect([end, done]).toEqual(['quit', ['start']]);
    expect(heard).not.toContain('w wait');
  });

  it('asks nothing after the check is over', async () => {
    const { end, heard } = await startWith([{ kind: 'closed', text: '' }], []);
    expect([end, heard]).toEqual(['interrupted', '']);
  });
});

/** A program that may write its endpoint's file, and then waits. */
const serves = `require('node:fs').writeFileSync(process.env.FILE, JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:9' }));`;
const waits = 'setInterval(() => undefined, 1000);';

async function appOf(code: string, program = process.execPath) {
  const home = await temporaryHome();
  const env = { ...process.env, FILE: join(home, 'endpoint.json') };
  const app = new CheckedApp({ program, args: ['-e', code], env, home, startMs: 100 });
  onTestFinished(() => app.close());
  return app;
}

describe('the start of the app that is checked', () => {
  it('is slow while the app lives and does not serve', async () => {
    const app = await appOf(waits);
    expect(await app.start()).toMatchObject({ kind: 'slow' });
    await app.close();
    expect(await app.start()).toMatchObject({ kind: 'closed' });
  });

  it('is over when the app ends, or cannot be started', async () => {
    const home = await temporaryHome();
    const ends = new CheckedApp({
      program: process.execPath,
      args: ['-e', 'process.exit(7)'],
      env: {},
      home,
    });
    expect(await ends.start()).toEqual(ended);
    const missing = await appOf('', join(home, 'missing'));
    const trouble = await missing.start();
    expect(trouble?.kind).toBe('ended');
    expect(trouble?.text).toContain('ENOENT');
  });
});

describe('the stage', () => {
  async function stageWith(code: string, answers: readonly string[]) {
    const app = await appOf(code);
    const facts: string[] = [];
    const unknown = () => Promise.resolve(null);
    const checks = new Checks({
      app,
      login: { isOn: unknown, restore: () => Promise.resolve(true) },
      platform: 'linux',
      askTrayHost: unknown,
      askPaste: unknown,
      remember: () => undefined,
    });
    const stage = new CheckStage({
      app,
      checks,
      service: '',
      person: new ScriptedPerson(answers),
      showsIcons: unknown,
      leaveRunning: () => Promise.resolve(''),
      endedUnasked: (id) => facts.push(`${id} ended`),
      startFailed: (id, why) => facts.push(`${id} ${why}`),
    });
    return { app, checks, stage, facts };
  }
  const step = (id: string) => ({ id, on: [], do: '', see: '' });

  it('does not say of an app that never served that it ended by itself', async () => {
    const { stage, facts } = await stageWith(waits, ['q', 'q']);
    expect(await stage.ready(step('start'))).toEqual({ ended: 'quit' });
    expect(await stage.ready(step('icon'))).toEqual({ ended: 'quit' });
    expect(facts).toEqual(['start It did not start within 0.1 s.', 'icon It did not start within 0.1 s.']);
  });

  it('says so of one that served', async () => {
    const { app, stage, facts } = await stageWith(`${serves} ${waits}`, Array<string>(500).fill('w'));
    expect(await stage.ready(step('start'))).toEqual({ said: null });
    process.kill(app.endpoint?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => app.endpoint).toBe(null);
    facts.length = 0;
    expect(await stage.ready(step('icon'))).toEqual({
      said: 'Token Tray was not running, so it was started again.',
    });
    expect(facts[0]).toBe('icon ended');
    process.kill(app.endpoint?.pid ?? 0, 'SIGKILL');
  });

  it('does not know of icons where the session bus does not answer', async () => {
    const { checks } = await stageWith('', []);
    const unknown = { passed: null, text: 'the session bus did not answer' };
    expect(await checks.run('icon_shown')).toEqual(unknown);
    expect(await checks.run('icon_not_shown')).toEqual(unknown);
  });
});
