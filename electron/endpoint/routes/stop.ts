import { accepted } from '../answer.ts';
import { route, type Route } from '../route.ts';
import { noQuery } from '../schemas.ts';

/** `POST /v1/stop`: 202, then the program ends as it does when a person quits it. */
export function stopRoute(stop: () => void): Route {
  return route({
    method: 'POST',
    path: '/v1/stop',
    access: 'owner_key',
    query: noQuery,
    answer: () => {
      // After the answer is written, which the end would cut off.
      setImmediate(stop);
      return accepted;
    },
  });
}
