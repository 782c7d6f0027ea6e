import { z } from 'zod';
import { problemStatus } from '../contract/problems.ts';
import { problemSchema } from './answer-schemas.ts';
import type { Access } from './caller.ts';
import { operations, type Operation } from './openapi-operations.ts';
import type { Route } from './route.ts';
import { oauthForm } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** The methods that OpenAPI has a word for; the proxy takes others too. */
const describedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const whose: Readonly<Record<Access, string>> = {
  public: 'Needs no key.',
  any_key: 'Needs any key that is not for the proxy alone.',
  proxy: 'Needs any key.',
  owner_key: 'Needs the key of endpoint.json.',
};

/**
 * The endpoint's description (OpenAPI 3.1), made of the schemas that requests are checked by. A route that
 * `operations` does not know is left out, which a test forbids.
 */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const operation = operationOf(route);
    if (operation === undefined || !describedMethods.includes(route.method)) continue;
    for (const { path, parameters } of pathsOf(route)) {
      const item = (paths[path] ??= {});
      item[route.method.toLowerCase()] = described(route, operation, parameters);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Token Tray',
      version: '1',
      description: 'The local address at which tools get the current access token. No web page may ask it.',
    },
    // Where this description came from (OpenAPI 3.1, “Server Object”).
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'The key of endpoint.json, or a tool’s own.' },
        client: { type: 'http', scheme: 'basic', description: 'A tool’s name and key.' },
      },
      schemas: { Problem: jsonSchema(problemSchema) },
    },
  };
}

/** What `operations` says of a route. */
function operationOf({ method, path }: Route): Operation | undefined {
  return operations[`${method} ${path}`] ?? operations[`ANY ${path}`];
}

interface DescribedPath {
  readonly path: string;
  readonly parameters: readonly Json[];
}

/** The proxy's one path stands for two, with parts that a description has to name. */
function pathsOf({ path, query }: Route): readonly DescribedPath[] {
  if (!path.endsWith('/*')) return [{ path, parameters: queryParameters(query) }];
  const inPath = (name: string, description: string) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  });
  const rest = inPath('path', 'Path and query at the API; may hold slashes, which stand as they are.');
  const named = inPath('name', 'A further host of the settings.');
  const account = {
    name: 'Token-Tray-Account',
    in: 'header',
    description: 'The account whose token it is; not passed on.',
    schema: { type: 'string' },
  };
  const base = path.slice(0, -1);
  return [
    { path: `${base}{path}`, parameters: [rest, account] },
    { path: `${base}@{name}/{path}`, parameters: [named, rest, account] },
  ];
}

function queryParameters(query: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = jsonSchema(query) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function described(route: Route, { summary, answer, error }: Operation, parameters: readonly Json[]): Json {
  const security = route.body === oauthForm ? [{ client: [] }, {}] : [{ key: [] }];
  return {
    summary,
    description: whose[route.access],
    security: route.access === 'public' && route.body === null ? [] : security,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== null && { requestBody: { required: true, content: contentOf(route.body) } }),
    responses: { ...success(answer), default: failure(error) },
  };
}

function contentOf(body: z.ZodObject): Json {
  const type = body === oauthForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return { [type]: { schema: jsonSchema(body) } };
}

function success(answer: Operation['answer']): Json {
  if (answer === null) return { '204': { description: 'Done.' } };
  if (answer === 'accepted') return { '202': { description: 'Begun.' } };
  if (answer === 'any') return { '200': { description: 'Done.' } };
  return { '200': { description: 'Done.', content: { 'application/json': { schema: jsonSchema(answer) } } } };
}

function failure(error: z.ZodType | undefined): Json {
  if (error !== undefined) {
    return {
      description: 'Refused (RFC 6749 §5.2).',
      content: { 'application/json': { schema: jsonSchema(error) } },
    };
  }
  const codes = Object.entries(problemStatus).map(([code, status]) => `${code} ${status}`);
  return {
    description: `Refused (RFC 9457). Codes and their status: ${codes.join(', ')}.`,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** A schema as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is: what may be sent, before it is read. */
function jsonSchema(schema: z.ZodType): Json {
  return { ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined };
}
