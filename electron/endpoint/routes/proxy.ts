import { METHODS } from 'node:http';
import { failureText } from '../../contract/failure-words.ts';
import type { Settings } from '../../core/ports.ts';
import type { AccessToken } from '../../core/secret.ts';
import type { Answer, Written } from '../answer.ts';
import type { ApiWays } from '../api-ways.ts';
import { accountFor, mayHaveTokens, toolOf } from '../caller.ts';
import type { Engine } from '../engine.ts';
import { passAnswer, proxiedBody, type ProxiedBody } from '../proxied-body.ts';
import { accountField, fieldsForApi, fieldsForCaller, valuesOf } from '../proxied-fields.ts';
import { askApi, type ApiReply } from '../proxied-request.ts';
import { problemAnswer, unknownAccount } from '../problem.ts';
import { proxiedLocation, readProxyTarget, type ProxyTarget } from '../proxy-target.ts';
import type { Route, RouteRequest } from '../route.ts';
import { noQuery } from '../schemas.ts';
import { refusedAnswer } from '../token-answer.ts';

export interface ProxyParts {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly ways: ApiWays;
  /** The endpoint's own address, such as `http://127.0.0.1:47145`. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

// CONNECT would open a tunnel past everything here, and TRACE would send the token back in a body (RFC 9110 §9.3.8).
const methods = METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE');

const minTtlSeconds = 60;

/** `ANY /proxy/PATH` and `/proxy/@NAME/PATH`: the same request at the API, with the token in it. */
export function proxyRoutes(parts: ProxyParts): readonly Route[] {
  const answer = (request: RouteRequest) => new ProxiedRequest(request, parts).answer();
  return methods.map((method) => ({
    method,
    path: '/proxy/*',
    access: 'proxy',
    query: noQuery,
    body: null,
    answer,
  }));
}

/** Where a request goes: a base, and what of it is asked for. */
interface Destination extends Pick<ProxyTarget, 'name'> {
  /** `https://HOST[:PORT][/PATH]`, without a slash at its end. */
  readonly base: string;
  /** What is asked for, there. */
  readonly asked: URL;
  /** Path and query of it, as they were sent. */
  readonly path: string;
}

/** One proxied request, from the gate to its answer. */
class ProxiedRequest {
  readonly #request: RouteRequest;
  readonly #parts: ProxyParts;
  readonly #left = new AbortController();

  constructor(request: RouteRequest, parts: ProxyParts) {
    this.#request = request;
    this.#parts = parts;
    const { response } = request;
    // Each ends so; one that was answered is left alone, since an abort is made at some cost.
    response.once('close', () => response.writableEnded || this.#left.abort());
  }

  async answer(): Promise<Answer | Written> {
    const { caller, message, response, hasBody } = this.#request;
    const { engine, settings, now } = this.#parts;
    const target = readProxyTarget(message.url ?? '');
    if (target === null) {
      return problemAnswer('bad_request', {
        detail: 'The path holds “..”, “#”, “\\” or a character that has to be encoded. Write it without.',
      });
    }
    if (valuesOf(message.rawHeaders, 'access-control-request-method').length > 0) {
      // A browser's question before a page's request; no other program sends this field (Fetch, “CORS-preflight”).
      return problemAnswer('method_not_allowed', { allow: methods.join(', ') });
    }
    const named = valuesOf(message.rawHeaders, accountField);
    if (named.length > 1) {
      return problemAnswer('bad_request', { detail: 'Token-Tray-Account stands there twice. Send it once.' });
    }
    const meant = accountFor(caller, named[0]);
    if (meant.kind === 'not_its_own' || !mayHaveTokens(caller, settings)) return problemAnswer('forbidden');
    const { account } = meant;
    const tool = toolOf(caller);
    const reply = await engine.token({ account, minTtlSeconds, tool });
    if (reply.kind === 'unknown_account') return unknownAccount();
    if (reply.kind === 'refused') return refusedAnswer(reply.refusal, engine.report(account)?.state, now());
    const destination = this.#destination(target, reply.token.account);
    if (destination === null) {
      return problemAnswer('not_found', {
        detail: 'No host of that name stands in the settings under “furtherHosts”.',
      });
    }
    const body = await proxiedBody(message, response, hasBody);
    if (body.kind === 'incomplete') {
      return problemAnswer('bad_request', {
        detail: 'The request’s body did not arrive whole and in time. Send it again.',
      });
    }
    const { accessToken } = reply.token;
    const first = await this.#ask(destination, accessToken, body);
    const last = await this.#renewed(first, { destination, rejected: accessToken, body, account, tool });
    return this.#pass(last, destination);
  }

  #destination(target: ProxyTarget, account: string): Destination | null {
    const { engine, settings, url: own } = this.#parts;
    const further = settings.get('furtherHosts');
    const named = target.name !== null && Object.hasOwn(further, target.name) ? further[target.name] : null;
    const base = target.name === null ? engine.report(account)?.identity?.service : named;
    const url = base === undefined || base === null ? null : URL.parse(base);
    // Its own address as a further host would send a request round and round.
    if (!base || url === null || isSameServer(url, own())) return null;
    const path = (url.pathname === '/' ? '' : url.pathname) + target.pathAndQuery;
    return { name: target.name, base, path, asked: new URL(url.origin + path) };
  }

  #ask(destination: Destination, token: AccessToken, body: Exclude<ProxiedBody, { kind: 'incomplete' }>) {
    const { message } = this.#request;
    const { asked, path } = destination;
    const passing = body.kind === 'passing';
    return askApi(this.#parts.ways, {
      method: message.method ?? '',
      origin: asked,
      path,
      fields: fieldsForApi(message.rawHeaders, { token: token.reveal(), length: passing }),
      body: passing ? body.stream() : body.bytes,
      signal: this.#left.signal,
    });
  }

  /** The API's 401 is told to the session, as a tool would; where that brings another token, it is asked once more. */
  async #renewed(
    first: ApiReply,
    asked: {
      readonly destination: Destination;
      readonly rejected: AccessToken;
      readonly body: Exclude<ProxiedBody, { kind: 'incomplete' }>;
      readonly account: string | null;
      readonly tool: string | null;
    },
  ): Promise<ApiReply> {
    if (first.kind !== 'answer' || first.status !== 401) return first;
    const { destination, rejected, body, account, tool } = asked;
    const reply = await this.#parts.engine.reportRejected({ account, rejected, tool });
    if (reply.kind !== 'token' || reply.token.accessToken.equals(rejected) || body.kind !== 'held')
      return first;
    first.drop();
    return this.#ask(destination, reply.token.accessToken, body);
  }

  async #pass(reply: ApiReply, destination: Destination): Promise<Answer | Written> {
    const { response } = this.#request;
    if (response.destroyed || this.#left.signal.aborted) {
      if (reply.kind === 'answer') reply.drop();
      response.destroy();
      return 'written';
    }
    const { asked, base, name } = destination;
    if (reply.kind === 'none') return noAnswer(reply, asked.host);
    const locate = (location: string) => proxiedLocation(location, asked, base, name);
    const fields = fieldsForCaller(reply.fields, locate);
    await passAnswer({ status: reply.status, fields, body: reply.body }, response);
    return 'written';
  }
}

function isSameServer({ hostname, port, protocol }: URL, own: string): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  return protocol === 'http:' && names.includes(hostname) && port === new URL(own).port;
}

/** `offline`: send it again without a thought. `service_error`: it may have been done, and nobody knows. */
function noAnswer({ unsent, reason }: Extract<ApiReply, { kind: 'none' }>, host: string): Answer {
  const detail = failureText({ code: 'offline', host, reason });
  return problemAnswer(unsent ? 'offline' : 'service_error', { detail });
}
