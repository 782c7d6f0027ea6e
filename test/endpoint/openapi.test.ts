import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { endpointPaths } from '../support/endpoint-paths.ts';
import { anna, signedInReport } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

interface Described {
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
}

async function documentOf(endpoint: TestEndpoint): Promise<Document> {
  return (await endpoint.ask('/openapi.json')).json as Document;
}

/** The schemas’ patterns say the same as their formats. */
const options = { validateFormats: false } as const;

/** Requests that are done, by method and path. */
const done: Readonly<Record<string, object | null>> = {
  'GET /v1/token': null,
  'POST /v1/token/renew': { rejected: 'a-token' },
  'GET /v1/status': null,
  'GET /v1/services': null,
  'GET /v1/outlook': null,
  'GET /v1/activity': null,
  'POST /v1/login': { username: anna, password: 'correct horse' },
  'POST /v1/logout': null,
  'POST /v1/accounts/default': { account: anna },
  'POST /v1/pause': { seconds: 60 },
  'POST /v1/resume': null,
  'POST /v1/tools': { name: 'sync', expires_in: 3600, proxy_only: false },
  'GET /v1/tools': null,
  'POST /v1/tools/revoke': { name: 'sync' },
  'GET /.well-known/oauth-authorization-server': null,
  'GET /openapi.json': null,
};

describe('the description of the endpoint', () => {
  it('is OpenAPI 3.1 to a library that knows it, and tells no secret', async () => {
    await using endpoint = await TestEndpoint.start();
    const { text } = await endpoint.ask('/openapi.json');
    expect(await new Validator().validate(JSON.parse(text) as Record<string, unknown>)).toMatchObject({
      valid: true,
    });
    expect(text).not.toContain(endpoint.key);
    expect((await endpoint.ask('/openapi.json', { headers: { authorization: '' } })).status).toBe(401);
  });

  it('has every route, and says of each whose key it needs', async () => {
    await using endpoint = await TestEndpoint.start();
    const { paths } = await documentOf(endpoint);
    const described = Object.keys(paths).map((path) => path.replace(/@\{name\}\/|\{path\}/g, '*'));
    expect([...new Set(described.map((path) => path.replace('**', '*')))].toSorted()).toEqual(endpointPaths);
    for (const [path, item] of Object.entries(paths)) {
      for (const [method, { security }] of Object.entries(item)) {
        const answer = await endpoint.ask(path.replace(/\{|\}/g, ''), {
          method: method.toUpperCase(),
          headers: { authorization: '' },
        });
        const open = security.length === 0 || path === '/oauth/token';
        expect([method, path, answer.status === 401], answer.text).toEqual([method, path, !open]);
      }
    }
  });

  it('tells the answers as they are', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.sessionReport = {
      ...signedInReport,
      identity: { service: 'https://auth.example', username: anna },
    };
    const { paths, components } = await documentOf(endpoint);
    const ajv = new Ajv2020(options);
    for (const [line, body] of Object.entries(done)) {
      const [method = '', path = ''] = line.split(' ');
      const answer = body === null ? await endpoint.ask(path, { method }) : await endpoint.post(path, body);
      const described = paths[path]?.[method.toLowerCase()]?.responses['200'];
      expect([line, answer.status, described === undefined]).toEqual([line, 200, false]);
      const schema = described?.content?.['application/json']?.schema ?? {};
      const check = ajv.compile(schema);
      expect([line, check(answer.json), check.errors]).toEqual([line, true, null]);
      const request = paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json'];
      expect([line, request === undefined]).toEqual([line, body === null]);
      if (request) expect([line, ajv.validate(request.schema, body)]).toEqual([line, true]);
    }
    expect(Object.keys(paths['/v1/stop']?.['post']?.responses ?? {})).toEqual(['202', 'default']);
    const problem = ajv.compile(components.schemas.Problem);
    endpoint.engine.refuse({ code: 'paused', retryAfterSeconds: 60 });
    for (const refused of ['/v1/token', '/v1/nothing', '/v1/token?min_ttl=x']) {
      expect(problem((await endpoint.ask(refused)).json), refused).toBe(true);
    }
  });

  it('tells the answers to OAuth clients as they are', async () => {
    await using endpoint = await TestEndpoint.start();
    const { paths } = await documentOf(endpoint);
    const { key } = (await endpoint.post('/v1/tools', { name: 'sync' })).json as { key: string };
    const operation = paths['/oauth/token']?.['post'];
    const ajv = new Ajv2020(options);
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };
    const ask = (secret: string) =>
      endpoint.ask('/oauth/token', {
        method: 'POST',
        headers: form,
        body: `grant_type=client_credentials&client_id=sync&client_secret=${secret}`,
      });
    for (const [secret, status] of [
      [key, '200'],
      ['wrong', 'default'],
    ] as const) {
      const schema = operation?.responses[status]?.content?.['application/json']?.schema ?? { not: {} };
      const { json, text } = await ask(secret);
      expect(ajv.validate(schema, json), text).toBe(true);
    }
  });
});
