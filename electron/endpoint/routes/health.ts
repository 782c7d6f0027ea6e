import { noContent } from '../answer.ts';
import { route } from '../route.ts';
import { noQuery } from '../schemas.ts';

/** `GET /healthz`: that somebody listens here, and nothing else. */
export const healthRoute = route({
  method: 'GET',
  path: '/healthz',
  access: 'public',
  query: noQuery,
  answer: () => noContent,
});
