import { METHODS } from 'node:http';
import { failureText } from '../../contract/failure-words.ts';
import { connectionFailure } from '../../contract/failures.ts';
import { problemReason } from '../../contract/problems.ts';
import type { Settings } from '../../core/ports.ts';
import type { HeldToken } from '../../core/token-reply.ts';
import type { Answer, Written } from '../answer.ts';
import type { ApiWays } from '../api-ways.ts';
import { accountFor, mayHaveTokens, toolOf } from '../caller.ts';
import type { Engine } from '../engine.ts';
import { passAnswer, proxiedBody, type ProxiedBody } from '../proxied-body.ts';
import { ProxiedExchange, usualProxyLimits, type ProxyLimits } from '../proxied-exchange.ts';
import { fieldsForApi, fieldsForCaller } from '../proxied-fields.ts';
import { readProxiedHead, type ProxiedHead } from '../proxied-head.ts';
import { askApi, type ApiReply } from '../proxied-request.ts';
import { problemAnswer, unknownAccount } from '../problem.ts';
import { proxiedLocation, type ProxiedPlace, type ProxyTarget } from '../proxy-target.ts';
import { declaredBytes } from '../request-body.ts';
import type { Route, RouteRequest } from '../route.ts';
import { noQuery } from '../schemas.ts';
import { refusedAnswer } from '../token-answer.ts';

export interface ProxyParts {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly ways: ApiWays;
  /** The endpoint's own address, such as `http://127.0.0.1:8080`. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Left out: the usual ones. */
  readonly limits?: Partial<ProxyLimits> | undefined;
}

// CONNECT would open a tunnel past everything here, and TRACE would send the token back in a body (RFC 9110 §9.3.8).
const methods = METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE');

const minTtlSeconds = 60;
const tooMany = 'Too many requests pass through at once. Let some of them end, then send this one again.';
const silent =
  'Nothing has moved for too long, though the request may have reached the API. Look before you send it again.';

/** `ANY /proxy/PATH` and `/proxy/@NAME/PATH`: the same request at the API, with the token in it. */
export function proxyRoutes(parts: ProxyParts): readonly Route[] {
  const limits = { ...usualProxyLimits, ...parts.limits };
  let underWay = 0;
  const answer = async (request: RouteRequest): Promise<Answer | Written> => {
    const { rawHeaders, url = '' } = request.message;
    const head = readProxiedHead(url, rawHeaders);
    if (head.kind === 'preflight') return problemAnswer('method_not_allowed', { allow: methods.join(', ') });
    if (head.kind === 'fault') return problemAnswer('bad_request', { detail: head.fault });
    if ((declaredBytes(request.message) ?? 0) > limits.bodyBytes) return problemAnswer('too_large');
    if (underWay >= limits.atOnce) return problemAnswer('offline', { detail: tooMany, retryAfterSeconds: 1 });
    underWay += 1;
    try {
      return await new ProxiedRequest(request, head, parts, limits).answer();
    } finally {
      underWay -= 1;
    }
  };
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

type WholeOrPassing = Exclude<ProxiedBody, { kind: 'incomplete' }>;

/** One proxied request, from the gate to its answer. */
class ProxiedRequest {
  readonly #request: RouteRequest;
  readonly #head: ProxiedHead;
  readonly #parts: ProxyParts;
  readonly #limits: ProxyLimits;
  readonly #exchange: ProxiedExchange;

  constructor(request: RouteRequest, head: ProxiedHead, parts: ProxyParts, limits: ProxyLimits) {
    this.#request = request;
    this.#head = head;
    this.#parts = parts;
    this.#limits = limits;
    this.#exchange = new ProxiedExchange(request.response, limits.silenceMs);
  }

  async answer(): Promise<Answer | Written> {
    const { caller, message, response, hasBody } = this.#request;
    const { engine, settings, now } = this.#parts;
    const meant = accountFor(caller, this.#head.account);
    if (meant.kind === 'not_its_own' || !mayHaveTokens(caller, settings)) return problemAnswer('forbidden');
    const { account } = meant;
    const reply = await engine.token({ account, minTtlSeconds, tool: toolOf(caller) });
    if (reply.kind === 'unknown_account') return unknownAccount();
    if (reply.kind === 'refused') return refusedAnswer(reply.refusal, engine.report(account)?.state, now());
    const { token } = reply;
    const destination = this.#destination(this.#head.target, token);
    if (destination === null) {
      return problemAnswer('not_found', {
        detail:
          'No host of that name stands in settings.json under “furtherHosts” with an address that will do: https, or http on this computer.',
      });
    }
    const body = await proxiedBody(message, response, hasBody);
    if (body.kind === 'incomplete') {
      return problemAnswer('bad_request', {
        detail: 'The request’s body did not arrive whole and in time. Send it again.',
      });
    }
    const first = await this.#ask(destination, token, body);
    return this.#pass(await this.#renewed(first, destination, token, body), destination);
  }

  #destination(target: ProxyTarget, token: HeldToken): Destination | null {
    const { settings, url: own } = this.#parts;
    const further = settings.get('furtherHosts');
    const named = target.name !== null && Object.hasOwn(further, target.name) ? further[target.name] : null;
    const base = target.name === null ? token.service : named;
    const url = base === undefined || base === null ? null : URL.parse(base);
    // Its own address as a further host would send a request round and round.
    if (!base || url === null || isSameServer(url, own())) return null;
    const path = (url.pathname === '/' ? '' : url.pathname) + target.pathAndQuery;
    return { name: target.name, base, path, asked: new URL(url.origin + path) };
  }

  #ask(destination: Destination, token: HeldToken, body: WholeOrPassing): Promise<ApiReply> {
    const { message } = this.#request;
    const { asked, path } = destination;
    const passing = body.kind === 'passing';
    return askApi(this.#parts.ways, {
      method: message.method ?? '',
      origin: asked,
      path,
      fields: fieldsForApi(message.rawHeaders, { token: token.accessToken.reveal(), length: passing }),
      body: passing ? body.stream(this.#exchange, this.#limits.bodyBytes) : body.bytes,
      signal: this.#exchange.signal,
    });
  }

  /** The API's 401 is told to the session, as a tool would; where that brings another token, it is asked once more. */
  async #renewed(
    first: ApiReply,
    destination: Destination,
    { account, service, accessToken: rejected }: HeldToken,
    body: WholeOrPassing,
  ): Promise<ApiReply> {
    if (first.kind !== 'answer' || first.status !== 401) return first;
    const tool = toolOf(this.#request.caller);
    // Of the account whose token it was: meanwhile another may have become the default one.
    const reply = await this.#parts.engine.reportRejected({ account, rejected, tool });
    this.#exchange.moved();
    if (reply.kind !== 'token' || reply.token.accessToken.equals(rejected) || body.kind !== 'held')
      return first;
    // Its user may have signed in to another service under the same name.
    if (reply.token.service !== service) return first;
    first.drop();
    return this.#ask(destination, reply.token, body);
  }

  async #pass(reply: ApiReply, destination: Destination): Promise<Answer | Written> {
    const { response } = this.#request;
    const { endedBy } = this.#exchange;
    if (endedBy !== null && reply.kind === 'answer') reply.drop();
    if (endedBy === 'too_large') return problemAnswer('too_large');
    if (endedBy === 'silence') return problemAnswer('service_error', { detail: silent });
    if (endedBy === 'caller_left' || response.destroyed) {
      response.destroy();
      return 'written';
    }
    if (reply.kind === 'none') return noAnswer(reply, destination.asked.host, this.#parts.now());
    const locate = (location: string) => proxiedLocation(location, this.#placeOf(destination));
    const fields = fieldsForCaller(reply.status, reply.fields, locate);
    await passAnswer({ status: reply.status, fields, body: reply.body }, response, this.#exchange);
    return 'written';
  }

  #placeOf(destination: Destination): ProxiedPlace {
    const own = this.#parts.url();
    const { headers, url = '' } = this.#request.message;
    // By the socket `Host` may say anything, and a client that goes by it may take every host for this endpoint.
    const askedHere = new URL(url, URL.parse(`http://${headers.host ?? ''}`)?.origin ?? own);
    const isHere = (there: URL) => isSameServer(there, own) || there.host === askedHere.host;
    return { ...destination, askedHere, isHere };
  }
}

/** Whether a URL leads to the server at `own`, by any of this computer's names for itself. */
function isSameServer({ hostname, port, protocol }: URL, own: string): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  return protocol === 'http:' && names.includes(hostname) && port === new URL(own).port;
}

/** `offline`: send it again without a thought. `service_error`: it may have been done, and nobody knows. */
function noAnswer(
  { unsent, reason }: Extract<ApiReply, { kind: 'none' }>,
  host: string,
  now: number,
): Answer {
  const detail = failureText(connectionFailure(host, reason, now));
  return unsent
    ? problemAnswer('offline', { detail, reason: problemReason(reason) })
    : problemAnswer('service_error', { detail });
}
