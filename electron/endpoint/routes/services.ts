import type { ServicesAnswer } from '../../contract/wire.ts';
import { jsonAnswer } from '../answer.ts';
import { route, type Route } from '../route.ts';
import { noQuery } from '../schemas.ts';

/** `GET /v1/services`: which services are used, and how this process reaches them now. Those who ask at once share a look. */
export function servicesRoute(lookAtServices: () => Promise<ServicesAnswer>): Route {
  let looking: Promise<ServicesAnswer> | null = null;
  return route({
    method: 'GET',
    path: '/v1/services',
    access: 'owner_key',
    query: noQuery,
    answer: async () => {
      looking ??= lookAtServices().finally(() => (looking = null));
      return jsonAnswer(await looking);
    },
  });
}
