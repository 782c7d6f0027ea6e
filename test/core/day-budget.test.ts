import { describe, expect, it } from 'vitest';
import { anna, hour, minute, Program } from '../support/program.ts';

const lifetime = 45 * minute;
const spacing = 20 * minute;

/** Signed in now, with so many new tokens behind it, the newest of them half an hour ago. */
async function withSpent(count: number): Promise<Program> {
  const program = new Program();
  const { clock, ledger } = program;
  for (let nth = count; nth > 0; nth -= 1) {
    const at = clock.wallNow() - 30 * minute - (nth - 1) * spacing;
    const id = `earlier-${nth}`;
    await ledger.appendIntent({
      id,
      at,
      service: program.serviceUrl,
      username: anna,
      account: anna,
      request: 'refresh',
      protection: 'keyring',
      generation: 0,
      cause: 'tool',
      tool: null,
      beyondBudget: false,
    });
    await ledger.appendOutcome(id, at, { kind: 'issued', lifetimeMs: lifetime });
  }
  await program.start();
  await program.signIn();
  return program;
}

describe('the day’s limit of new tokens', () => {
  it('half spent: what is left is kept for tokens that are nearly over', async () => {
    const program = await withSpent(29);
    // A larger `min_ttl`, and a report while much is left, are no need.
    await program.clock.advance(30 * minute);
    expect(await program.tokenText(1200)).toBe('access-1');
    expect(await program.reject('access-1')).toBe('budget_exhausted');
    expect(program.service.posts).toBe(1);
    await program.clock.advance(14 * minute + 30_000);
    expect(await program.tokenText()).toBe('access-2');
  });

  it('all spent: the token in hand to its end, then `budget_exhausted` with the time of the next', async () => {
    const program = await withSpent(59);
    expect(program.accounts.report(null)?.budget).toMatchObject({ used: 60, limit: 60 });
    await program.clock.advance(lifetime - 30_000);
    expect(await program.tokenText(1200)).toBe('access-1');
    await program.clock.advance(minute);
    // The oldest is 30 min + 58 × 20 min old at the sign-in, and leaves the day 24 h after it was made.
    const untilNext = 24 * hour - (30 * minute + 58 * spacing) - lifetime - 30_000;
    expect(await program.token()).toEqual({
      kind: 'refused',
      refusal: { code: 'budget_exhausted', retryAfterSeconds: untilNext / 1000 },
    });
    expect(program.accounts.report(null)?.budget.nextAt).toBe(program.clock.wallNow() + untilNext);
    await program.clock.advance(untilNext);
    expect(await program.tokenText()).toBe('access-2');
    expect(program.state).toBe('active');
  });

  it('a person’s sign-in is counted, and not held back', async () => {
    const program = await withSpent(60);
    expect(program.service.logins).toHaveLength(1);
    expect(program.accounts.report(null)?.budget).toMatchObject({ used: 61, limit: 60 });
  });
});
