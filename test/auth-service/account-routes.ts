import { z } from 'zod';
import type { Accounts } from './accounts.ts';
import { Refusal, accountSuspended, failure, tokenAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { readBasic } from './authorization.ts';
import type { Credentials } from './authorization.ts';
import type { Figures } from './figures.ts';
import { readJson, requireJson, wholeBody } from './received-request.ts';
import type { ReceivedRequest } from './received-request.ts';
import { loginPath, refreshPath } from './routes.ts';
import type { Route } from './routes.ts';
import type { Sessions, TokenPair } from './sessions.ts';

const loginBody = z.strictObject({ email: z.string().min(1), password: z.string().min(1) });
const refreshBody = z.strictObject({ refresh_token: z.string().min(1) });

/** The two endpoints that generate tokens, as docs/auth-api.md describes them. */
export function accountRoutes(accounts: Accounts, sessions: Sessions, figures: Figures): Route[] {
  async function login(request: ReceivedRequest): Promise<Answer> {
    const { username, password, answerWith } = readLogin(request);
    if (!accounts.passwordMatches(username, password))
      throw new Refusal(failure(401, 'Wrong username or password'));
    const pair = await sessions.begin(username);
    if (pair === 'suspended') throw new Refusal(accountSuspended);
    figures.count('logins');
    return answerWith(pair);
  }

  async function refresh(request: ReceivedRequest): Promise<Answer> {
    requireJson(request.headers);
    const tokens = await sessions.refresh(readJson(request, refreshBody).refresh_token);
    if (tokens === 'suspended') throw new Refusal(accountSuspended);
    if (tokens === 'expired') throw new Refusal(failure(401, 'Refresh token is unknown or expired'));
    figures.count('refreshes');
    const renewed = 'refreshToken' in tokens ? { refresh_token: tokens.refreshToken } : {};
    return tokenAnswer({ status: true, data: { access_token: tokens.accessToken, ...renewed } });
  }

  const whenRefused = (answer: Route['answer'], count: () => void) => async (request: ReceivedRequest) => {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof Refusal) count();
      throw error;
    }
  };
  return [
    { method: 'POST', path: loginPath, answer: whenRefused(login, () => figures.count('rejectedLogins')) },
    {
      method: 'POST',
      path: refreshPath,
      answer: whenRefused(refresh, () => figures.count('rejectedRefreshes')),
    },
  ];
}

/** The form of the answer goes with the form of the request. */
function readLogin(request: ReceivedRequest): Credentials & { answerWith: (pair: TokenPair) => Answer } {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    if (wholeBody(request).length > 0) throw new Refusal(failure(400, 'A login by Basic has no body'));
    return { ...readBasic(authorization), answerWith: basicAnswer };
  }
  if (wholeBody(request).length === 0)
    throw new Refusal(failure(400, 'Neither Authorization nor a body was sent'));
  requireJson(request.headers);
  const { email, password } = readJson(request, loginBody);
  return { username: email, password, answerWith: jsonLoginAnswer };
}

function basicAnswer({ accessToken, refreshToken }: TokenPair): Answer {
  return tokenAnswer({ access: accessToken, refresh: refreshToken });
}

function jsonLoginAnswer({ accessToken, refreshToken }: TokenPair): Answer {
  return tokenAnswer({ status: true, token: accessToken, refreshToken });
}
