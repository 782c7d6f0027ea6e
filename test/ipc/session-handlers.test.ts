import { describe, expect, it } from 'vitest';
import type { CopyOutcome, SignInForm } from '../../electron/contract/bridge.ts';
import { sessionHandlers } from '../../electron/ipc/session-handlers.ts';
import { aView } from '../support/a-view.ts';
import { anna, minute, Program } from '../support/program.ts';
import { lostByTimeout, wrongPassword } from '../support/scripted-auth-service.ts';

/** A clipboard that holds what was copied, or takes nothing. */
class OneClipboard {
  text: string | null = null;
  outcome: CopyOutcome = 'copied';

  copy(token: { reveal(): string }): Promise<CopyOutcome> {
    if (this.outcome === 'copied') this.text = token.reveal();
    return Promise.resolve(this.outcome);
  }
}

function deskOf(program: Program) {
  const { accounts, pause } = program.core;
  const clipboard = new OneClipboard();
  const shown: { account: string | null } = { account: null };
  const handlers = sessionHandlers({
    accounts,
    pause,
    shown,
    clipboard,
    view: () => aView(),
    changed: () => undefined,
  });
  return { handlers, clipboard, shown };
}

const form: SignInForm = {
  username: anna,
  password: 'correct horse',
  service: 'https://auth.example.com',
  form: 'basic',
};

describe('what a window asks for', () => {
  it('signs in and shows that account; a wrong password is one request, and its failure comes back', async () => {
    const program = await Program.started();
    const { handlers, shown } = deskOf(program);
    program.service.then(wrongPassword);
    expect(await handlers.signIn(form)).toEqual({ ok: false, failure: { code: 'wrong_credentials' } });
    expect(program.service.posts).toBe(1);
    expect(shown.account).toBeNull();
    expect(await handlers.signIn(form)).toEqual({ ok: true, value: { account: anna, already: false } });
    expect(shown.account).toBe(anna);
  });

  it('copies the token without showing it to the window', async () => {
    const program = await Program.signedIn();
    const { handlers, clipboard } = deskOf(program);
    const answer = await handlers.copyToken();
    expect(answer).toEqual({ ok: true, value: null });
    expect(clipboard.text).toBe('access-1');
    clipboard.outcome = 'refused';
    expect(await handlers.copyToken()).toEqual({ ok: false, failure: { code: 'clipboard' } });
    clipboard.outcome = 'no_focus';
    expect(await handlers.copyToken()).toEqual({ ok: false, failure: { code: 'clipboard_focus' } });
  });

  it('says why there is no token to copy, and of which account there is none', async () => {
    const program = await Program.signedIn();
    const { handlers, shown } = deskOf(program);
    await program.clock.advance(46 * minute);
    program.service.then(lostByTimeout);
    expect(await handlers.copyToken()).toMatchObject({ ok: false, failure: { code: 'offline' } });
    shown.account = 'nobody@warehouse.example';
    expect(await handlers.copyToken()).toEqual({ ok: false, failure: { code: 'signed_out' } });
  });

  it('R11 never answers with a token, whatever is asked', async () => {
    const program = await Program.signedIn();
    const { handlers } = deskOf(program);
    const answers = [
      await handlers.renewNow(),
      await handlers.getOneNow(),
      await handlers.copyToken(),
      handlers.getView(),
      await handlers.signIn(form),
      await handlers.tryAgain(),
      await handlers.pauseTools(60),
      await handlers.resumeTools(),
      await handlers.signOut(),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/access-|refresh-|correct horse/);
  });

  it('I05 renews once for a thousand that ask at once, and then as the budget has it', async () => {
    const program = await Program.signedIn();
    const { handlers } = deskOf(program);
    await Promise.all(Array.from({ length: 1000 }, async () => handlers.renewNow()));
    expect(program.service.posts).toBe(2);
    for (let ask = 0; ask < 1000; ask += 1) await handlers.renewNow();
    expect(program.service.posts).toBe(3);
  });

  it('signs out, and pauses and resumes tools', async () => {
    const program = await Program.signedIn();
    const { handlers } = deskOf(program);
    await handlers.pauseTools(3600);
    expect(await program.tokenText()).toBe('paused');
    await handlers.resumeTools();
    expect(await program.tokenText()).toBe('access-1');
    expect(await handlers.signOut()).toEqual({ ok: true, value: null });
    expect(program.signedOut).toEqual([anna]);
    expect(program.state).toBe('signed_out');
  });
});
