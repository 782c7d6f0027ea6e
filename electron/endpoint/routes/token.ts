import { Secret } from '../../core/secret.ts';
import type { TokenReply } from '../../core/token-reply.ts';
import type { AccessEnded, AccessWatch } from '../access-watch.ts';
import type { Answer } from '../answer.ts';
import { accountFor, toolOf } from '../caller.ts';
import type { Engine } from '../engine.ts';
import { problemAnswer, unknownAccount } from '../problem.ts';
import { bodyRoute, route, type Route } from '../route.ts';
import { accountQuery, renewBody, tokenQuery } from '../schemas.ts';
import { refusedAnswer, tokenAnswerWriter } from '../token-answer.ts';

const defaultMinTtlSeconds = 60;

/** `GET /v1/token` and `POST /v1/token/renew`. `now`: epoch milliseconds. */
export function tokenRoutes(engine: Engine, access: AccessWatch, now: () => number): readonly Route[] {
  const tokenAnswer = tokenAnswerWriter();

  const answerOf = (reply: TokenReply | AccessEnded, account: string | null): Answer => {
    switch (reply.kind) {
      case 'access_ended':
        return problemAnswer(reply.refusal);
      case 'token':
        return tokenAnswer(reply.token);
      case 'refused':
        return refusedAnswer(reply.refusal, engine.report(account)?.state, now());
      case 'unknown_account':
        return unknownAccount();
    }
  };

  const token = route({
    method: 'GET',
    path: '/v1/token',
    access: 'any_key',
    query: tokenQuery,
    answer: (caller, query) => {
      const meant = accountFor(caller, query.account);
      const refusal = access.refusalOf(caller);
      if (refusal !== null) return problemAnswer(refusal);
      if (meant.kind === 'not_its_own') return problemAnswer('forbidden');
      const { account } = meant;
      const minTtlSeconds = query.min_ttl ?? defaultMinTtlSeconds;
      const reply = engine.token({ account, minTtlSeconds, tool: toolOf(caller) });
      return reply instanceof Promise
        ? access.during(caller, reply).then((late) => answerOf(late, account))
        : answerOf(reply, account);
    },
  });

  const renew = bodyRoute({
    path: '/v1/token/renew',
    access: 'any_key',
    query: accountQuery,
    body: renewBody,
    answer: async (caller, query, body) => {
      const meant = accountFor(caller, query.account);
      // While the body came, access may have ended.
      const refusal = access.refusalOf(caller);
      if (refusal !== null) return problemAnswer(refusal);
      if (meant.kind === 'not_its_own') return problemAnswer('forbidden');
      const { account } = meant;
      const rejected = new Secret<'access token'>(body.rejected);
      const report = engine.reportRejected({ account, rejected, tool: toolOf(caller) });
      const reply = await access.during(caller, report);
      return reply.kind === 'bad_request'
        ? problemAnswer('bad_request', { detail: 'This token is another account’s. Name that account.' })
        : answerOf(reply, account);
    },
  });

  return [token, renew];
}
