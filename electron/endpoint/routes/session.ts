import type { LoginAnswer, LogoutAnswer } from '../../contract/wire.ts';
import { Secret } from '../../core/secret.ts';
import { jsonAnswer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import { failureAnswer } from '../failure-problem.ts';
import { bodyRoute, route, type Route } from '../route.ts';
import { accountQuery, loginBody, noQuery } from '../schemas.ts';

/** `POST /v1/login` and `POST /v1/logout`. `now`: epoch milliseconds. */
export function sessionRoutes(engine: Engine, now: () => number): readonly Route[] {
  const login = bodyRoute({
    path: '/v1/login',
    access: 'owner_key',
    query: noQuery,
    body: loginBody,
    answer: async (_caller, _query, body) => {
      const request = {
        service: body.api ?? null,
        username: body.username,
        password: new Secret<'password'>(body.password),
        form: body.login ?? null,
      };
      const signedIn = await engine.signIn(request, body.prompted === true ? 'person' : 'program');
      if (!signedIn.ok) return failureAnswer(signedIn.failure, now());
      const { account, state, already } = signedIn.value;
      return jsonAnswer({ account, state, already } satisfies LoginAnswer);
    },
  });

  const logout = route({
    method: 'POST',
    path: '/v1/logout',
    access: 'owner_key',
    query: accountQuery,
    answer: async (_caller, query) => {
      const signedOut = await engine.signOut(query.account ?? null);
      if (!signedOut.ok) return failureAnswer(signedOut.failure, now());
      return jsonAnswer({ account: signedOut.value.account, state: 'signed_out' } satisfies LogoutAnswer);
    },
  });

  return [login, logout];
}
