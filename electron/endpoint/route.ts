import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Answer, Written } from './answer.ts';
import type { Access, Caller } from './caller.ts';
import { problemAnswer } from './problem.ts';
import { memberList, queryAdvice, queryReader } from './query.ts';
import { readJsonBody } from './request-body.ts';

/** An admitted request, as a route gets it. */
export interface RouteRequest {
  readonly caller: Caller;
  /** The target's query, undecoded, without its question mark. */
  readonly query: string;
  /** For its body alone: the gate has read the rest. A body that no route reads is never held in memory. */
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly hasBody: boolean;
  /** To be called where the route itself found a known key in the body. */
  readonly keyShown: () => void;
}

/** One method of one path. The schemas are what a description of the endpoint is generated from. */
export interface Route {
  readonly method: string;
  /** Exact; with `/*` at its end, all paths that begin so. */
  readonly path: string;
  readonly access: Access;
  readonly query: z.ZodObject;
  readonly body: z.ZodObject | null;
  /** Answers at once where it can: a promise costs every request its turn of the event loop. */
  readonly answer: (request: RouteRequest) => Answer | Promise<Answer | Written>;
}

interface RouteDefinition<Query extends z.ZodObject> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: Access;
  readonly query: Query;
  readonly answer: (
    caller: Caller,
    query: z.output<Query>,
    message: IncomingMessage,
  ) => Answer | Promise<Answer>;
}

interface BodyRouteDefinition<Query extends z.ZodObject, RequestBody extends z.ZodObject> {
  readonly path: string;
  readonly access: Access;
  readonly query: Query;
  readonly body: RequestBody;
  readonly answer: (
    caller: Caller,
    query: z.output<Query>,
    body: z.output<RequestBody>,
  ) => Answer | Promise<Answer>;
}

/** A route that reads no body. Its query is checked before `answer` is called. */
export function route<Query extends z.ZodObject>(definition: RouteDefinition<Query>): Route {
  const { method, path, access, query: schema, answer } = definition;
  const readQuery = queryReader(schema);
  return {
    method,
    path,
    access,
    query: schema,
    body: null,
    answer: (request) => {
      const query = readQuery(request.query);
      return query === null ? badQuery(schema) : answer(request.caller, query, request.message);
    },
  };
}

/** A POST route with a JSON body. Query and body are checked before `answer` is called. */
export function bodyRoute<Query extends z.ZodObject, RequestBody extends z.ZodObject>(
  definition: BodyRouteDefinition<Query, RequestBody>,
): Route {
  const { path, access, query: schema, body: bodySchema, answer } = definition;
  const readQuery = queryReader(schema);
  return {
    method: 'POST',
    path,
    access,
    query: schema,
    body: bodySchema,
    answer: async (request) => {
      const query = readQuery(request.query);
      if (query === null) return badQuery(schema);
      const body = await readJsonBody(request.message, request.response);
      if (body.kind === 'too_large') return problemAnswer('too_large');
      if (body.kind === 'incomplete') {
        return problemAnswer('bad_request', {
          detail: 'The request’s body did not arrive whole and in time. Send it again.',
        });
      }
      const { success, data } = bodySchema.safeParse(body.kind === 'json' ? body.value : undefined);
      return success ? answer(request.caller, query, data) : badBody(bodySchema);
    },
  };
}

function badQuery(schema: z.ZodObject): Answer {
  return problemAnswer('bad_request', { detail: queryAdvice(schema) });
}

// The advice is made of the schema alone: a schema library's own message may quote what the body held.
function badBody(schema: z.ZodObject): Answer {
  return problemAnswer('bad_request', {
    detail: `Send one JSON object in UTF-8 with no members but: ${memberList(schema)}.`,
  });
}
