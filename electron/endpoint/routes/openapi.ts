import { jsonAnswer, type Answer } from '../answer.ts';
import { openApiDocument } from '../openapi.ts';
import { route, type Route } from '../route.ts';
import { noQuery } from '../schemas.ts';

/** `GET /openapi.json`. `routes`: all of them, asked for at the first request, and written once. */
export function openApiRoute(routes: () => readonly Route[]): Route {
  let written: Answer | null = null;
  return route({
    method: 'GET',
    path: '/openapi.json',
    access: 'any_key',
    query: noQuery,
    answer: () => (written ??= jsonAnswer(openApiDocument(routes()))),
  });
}
