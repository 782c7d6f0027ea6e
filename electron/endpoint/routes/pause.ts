import type { PauseAnswer } from '../../contract/wire.ts';
import { jsonAnswer, type Answer } from '../answer.ts';
import type { PauseSwitch } from '../engine.ts';
import { failureAnswer } from '../failure-problem.ts';
import { bodyRoute, route, type Route } from '../route.ts';
import { noQuery, pauseBody } from '../schemas.ts';
import { timeOrNull } from '../time.ts';

/** `POST /v1/pause` and `POST /v1/resume`. `now`: epoch milliseconds. */
export function pauseRoutes(pause: PauseSwitch, now: () => number): readonly Route[] {
  const answerOf = (saved: boolean): Answer =>
    saved
      ? jsonAnswer({ paused_until: timeOrNull(pause.until()) } satisfies PauseAnswer)
      : failureAnswer({ code: 'choice_not_saved' }, now());

  return [
    bodyRoute({
      path: '/v1/pause',
      access: 'owner_key',
      query: noQuery,
      body: pauseBody,
      answer: async (_caller, _query, { seconds }) => answerOf(await pause.begin(seconds * 1000)),
    }),
    route({
      method: 'POST',
      path: '/v1/resume',
      access: 'owner_key',
      query: noQuery,
      answer: async () => answerOf(await pause.end()),
    }),
  ];
}
