import type { DefaultAccount } from '../../contract/wire.ts';
import { jsonAnswer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import { failureAnswer } from '../failure-problem.ts';
import { bodyRoute, type Route } from '../route.ts';
import { defaultAccountBody, noQuery } from '../schemas.ts';

/** `POST /v1/accounts/default`: which account tools get that name none. `now`: epoch milliseconds. */
export function defaultAccountRoute(engine: Engine, now: () => number): Route {
  return bodyRoute({
    path: '/v1/accounts/default',
    access: 'owner_key',
    query: noQuery,
    body: defaultAccountBody,
    answer: async (_caller, _query, { account }) => {
      const chosen = await engine.setDefault(account);
      return chosen.ok
        ? jsonAnswer({ account } satisfies DefaultAccount)
        : failureAnswer(chosen.failure, now());
    },
  });
}
