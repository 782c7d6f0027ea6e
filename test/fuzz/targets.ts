import fc from 'fast-check';
import { readServiceAnswer } from '../../electron/adapters/service-answer.ts';
import { requestSchemas } from '../../electron/ipc/request-schemas.ts';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint } from '../support/proxying-endpoint.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { readAt } from '../support/read-answer.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import type { TestEndpoint } from '../support/test-endpoint.ts';
import { damaged, damages } from './damage.ts';
import { fileTargets } from './file-targets.ts';
import type { Target } from './target.ts';

/** Makes all targets. `temporary`: a new empty folder for each call. */
export async function fuzzTargets(temporary: () => Promise<string>): Promise<readonly Target[]> {
  return [await endpointBytes(), serviceAnswers(), windowRequests(), ...fileTargets(temporary)];
}

/** What clients send, well and badly; `KEY` stands for the key. */
const requests = [
  'GET /v1/token?min_ttl=60 HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n\r\n',
  'POST /v1/token/renew HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\nContent-Length: 16\r\n\r\n{"rejected":"x"}',
  'POST /oauth/token HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 45\r\n\r\ngrant_type=client_credentials&client_id=a&b=c',
  'PUT /proxy/orders/1?x=y HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n',
  'GET /v1/status HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\nConnection: keep-alive\r\n\r\n',
  'POST /v1/tools HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\nContent-Length: 14\r\n\r\n{"name":"sync"}',
];

async function endpointBytes(): Promise<Target> {
  const api = await ApiServer.start();
  const endpoint = await proxyingEndpoint(api.url);
  return {
    name: 'the bytes of a request',
    property: fc.asyncProperty(
      fc.constantFrom(...requests),
      damages,
      fc.boolean(),
      async (request, changes, withKey) => {
        const key = withKey ? endpoint.key : `${endpoint.key.slice(0, -1)}!`;
        const bytes = request.replace('HOST', `127.0.0.1:${endpoint.port}`).replace('KEY', key);
        const asked = api.calls.length;
        const answer = await exchanged(endpoint, damaged(Buffer.from(bytes), changes).toString('latin1'));
        if (!withKey && (answer.includes(scriptedTokenText) || api.calls.length > asked)) {
          throw new Error('without the key, a token left');
        }
        if (/^HTTP\/1\.1 500/m.test(answer)) throw new Error('an answer that no route gives');
        const good = await endpoint.ask('/v1/token');
        if (good.status !== 200) throw new Error(`good clients get ${good.status}`);
        if (endpoint.logText.includes(endpoint.key) || endpoint.log.names.includes('route_failed')) {
          throw new Error(`the log: ${endpoint.log.names.join()}`);
        }
      },
    ),
    async [Symbol.asyncDispose]() {
      await endpoint[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

/** Sends bytes and says that no more will come; what is answered until the endpoint closes. */
async function exchanged({ port }: TestEndpoint, bytes: string): Promise<string> {
  using connection = await RawConnection.open(port);
  connection.send(bytes);
  connection.halfClose();
  return await connection.untilClosed();
}

function serviceAnswers(): Target {
  const bodies = [
    '{"access":"a-1","refresh":"r-1"}',
    '{"status":true,"data":{"access_token":"a-1","refresh_token":"r-1"}}',
    '{"status":false,"message":"TOO_MANY_ATTEMPTS"}',
    '<html>Sign in to this network</html>',
  ];
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 40 }));
  return {
    name: 'an answer of the service',
    property: fc.asyncProperty(
      fc.constantFrom('login', 'refresh'),
      fc.integer({ min: 100, max: 599 }),
      fc.constantFrom(...bodies),
      damages,
      text,
      text,
      async (request, status, body, changes, contentType, header) => {
        const answer = damaged(Buffer.from(body), changes).toString('utf8');
        const reply = readServiceAnswer(
          request,
          { status, contentType, date: header, retryAfter: header, body: answer },
          readAt,
        );
        if (reply.kind === 'issued') {
          const { lifetimeMs } = reply.tokens;
          if (!(lifetimeMs >= 1_000 && lifetimeMs <= 86_400_000))
            throw new Error(`a life of ${lifetimeMs} ms`);
          if (status < 200 || status > 299) throw new Error(`tokens out of a ${status}`);
        }
        if (
          reply.kind === 'too_many' &&
          !(reply.retryAfterMs >= 60_000 && reply.retryAfterMs <= 86_400_000)
        ) {
          throw new Error(`a wait of ${reply.retryAfterMs} ms`);
        }
        await Promise.resolve();
      },
    ),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function windowRequests(): Target {
  const schemas = Object.values(requestSchemas);
  return {
    name: 'the arguments of a window’s request',
    property: fc.asyncProperty(fc.constantFrom(...schemas), fc.anything(), async (schema, args) => {
      schema.safeParse(args);
      schema.safeParse([args]);
      await Promise.resolve();
    }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
