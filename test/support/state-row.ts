import { expect } from 'vitest';
import { problemStatus, type ProblemCode } from '../../electron/contract/problems.ts';
import type { SessionStateName } from '../../electron/contract/session-states.ts';
import type { LoginAnswer, StatusAnswer, TokenAnswer } from '../../electron/contract/wire.ts';
import type { AuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from './temporary-home.ts';
import { AgentProcess, call, type AgentSettings } from './token-tray-process.ts';

export const demo = { username: 'demo@example.com', password: 'correct horse' };

/** One row of the state table in one of its two columns, at every door. */
export interface StateRow {
  readonly state: SessionStateName;
  /** `GET /v1/token`. */
  readonly token: 200 | ProblemCode;
  /** `POST /v1/token/renew` for the current token; left out: not asked, because it would renew. */
  readonly renew?: 200 | ProblemCode;
  /** The exit code of `token-tray token`. */
  readonly exit: number;
  /** Words of the sentence that it says where there is no token. */
  readonly says?: string | RegExp;
}

const withRetryAfter: readonly ProblemCode[] = ['budget_exhausted', 'rate_limited', 'paused', 'offline'];

/** An agent that keeps its sessions in memory and has signed in to the service. */
export async function signedInAgent(
  service: AuthService,
  { args = [], env = { TOKEN_TRAY_KEY_STORE: 'memory' } }: Partial<AgentSettings> = {},
): Promise<AgentProcess> {
  const signIn = ['--api', service.url, '--username', demo.username, ...args];
  return AgentProcess.start({ home: await temporaryHome(), args: signIn, password: demo.password, env });
}

/** An agent that keeps its sessions in memory, with no account yet; see `signIn`. */
export async function memoryAgent(shared: AsyncDisposableStack): Promise<AgentProcess> {
  const env = { TOKEN_TRAY_KEY_STORE: 'memory' };
  return shared.use(await AgentProcess.start({ home: await temporaryHome(shared), env }));
}

/** Signs in to one service more: from now on the doors that name no account speak of this one. */
export async function signIn(agent: AgentProcess, service: AuthService): Promise<string> {
  const answer = await post(agent, '/v1/login', { ...demo, api: service.url });
  const { account } = (await answer.json()) as LoginAnswer;
  await choose(agent, account);
  return account;
}

/** Signs out of every account. */
export async function signOutOfAll(agent: AgentProcess): Promise<void> {
  for (const { account } of (await statusOf(agent)).accounts) {
    await post(agent, `/v1/logout?account=${encodeURIComponent(account)}`);
  }
}

/** From now on the doors that name no account speak of this one. */
export async function choose(agent: AgentProcess, account: string): Promise<void> {
  expect((await post(agent, '/v1/accounts/default', { account })).status).toBe(200);
}

export async function statusOf(agent: AgentProcess): Promise<StatusAnswer> {
  return (await (await agent.fetch('/v1/status')).json()) as StatusAnswer;
}

/** A POST of the owner’s. */
export function post(agent: AgentProcess, path: string, body?: unknown): Promise<Response> {
  return agent.fetch(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) });
}

/** Reports the token as one that the API refused. */
export function report(agent: AgentProcess, rejected: string): Promise<Response> {
  return post(agent, '/v1/token/renew', { rejected });
}

/** Waits until the token in hand is over. */
export async function expired(agent: AgentProcess): Promise<void> {
  await expect.poll(async () => (await statusOf(agent)).expires_in, { timeout: 20_000 }).toBeNull();
}

/** Holds the row against every door. `inHand`: the token that the agent holds; null: none. */
export async function expectRow(agent: AgentProcess, inHand: string | null, row: StateRow): Promise<void> {
  await expectState(agent, row);
  const status = await statusOf(agent);
  expect(status.paused_until === null).toBe(row.token !== 'paused');
  await expectAnswer(await agent.fetch('/v1/token'), row.token, inHand);
  if (row.renew !== undefined) await expectAnswer(await report(agent, inHand ?? 'none'), row.renew, inHand);
  const said = await call(['token', '--home', agent.home]);
  const stdout = row.token === 200 ? `${String(inHand)}\n` : '';
  expect(said).toMatchObject({ exitCode: row.exit, stdout });
  if (row.says !== undefined) expect(said.stderr).toMatch(row.says);
  await expectState(agent, row);
  expect((await call(['status', '--home', agent.home])).exitCode).toBe(0);
}

/** The state that it is in, or comes to rest in: it may just be trying again by itself. */
async function expectState(agent: AgentProcess, { state }: StateRow): Promise<void> {
  await expect.poll(async () => (await statusOf(agent)).state).toBe(state);
}

/** Holds one answer against what it is to be: status, shape, `Retry-After` where it belongs and nowhere else. */
export async function expectAnswer(
  answer: Response,
  expected: 200 | ProblemCode,
  token: string | null = null,
): Promise<void> {
  const body: unknown = await answer.json();
  const retryAfter = answer.headers.get('retry-after') ?? '';
  if (expected === 200) {
    expect(body).toMatchObject({ token_type: 'Bearer', ...(token !== null && { access_token: token }) });
    expect((body as TokenAnswer).expires_in).toBeGreaterThanOrEqual(1);
  } else {
    const status = problemStatus[expected];
    expect(body).toMatchObject({
      code: expected,
      status,
      detail: expect.stringMatching(/\. \S/) as string,
    });
  }
  expect(answer.status).toBe(expected === 200 ? 200 : problemStatus[expected]);
  const named = expected !== 200 && withRetryAfter.includes(expected);
  expect(retryAfter).toMatch(named ? /^[1-9]\d*$/ : /^$/);
  expect(Number(retryAfter)).toBeLessThanOrEqual(86_400);
}
