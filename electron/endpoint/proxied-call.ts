import { failureText } from '../contract/failure-words.ts';
import { connectionFailure } from '../contract/failures.ts';
import { problemReason } from '../contract/problems.ts';
import type { Settings } from '../core/ports.ts';
import type { HeldToken } from '../core/token-reply.ts';
import type { AccessWatch } from './access-watch.ts';
import type { Answer, Written } from './answer.ts';
import type { ApiWays } from './api-ways.ts';
import { accountFor, toolOf } from './caller.ts';
import type { Engine } from './engine.ts';
import { passAnswer, proxiedBody, type ProxiedBody } from './proxied-body.ts';
import { ProxiedExchange, type ProxyLimits } from './proxied-exchange.ts';
import { fieldsForApi, fieldsForCaller } from './proxied-fields.ts';
import type { ProxiedHead } from './proxied-head.ts';
import { askApi, type ApiReply } from './proxied-request.ts';
import { problemAnswer, unknownAccount } from './problem.ts';
import { proxiedLocation, type ProxiedPlace, type ProxyTarget } from './proxy-target.ts';
import type { RouteRequest } from './route.ts';
import { refusedAnswer } from './token-answer.ts';

export interface ProxiedCallParts {
  readonly engine: Engine;
  readonly access: AccessWatch;
  readonly settings: Settings;
  readonly ways: ApiWays;
  /** The endpoint's own address, such as `http://127.0.0.1:8080`. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const minTtlSeconds = 60;
const silent =
  'Nothing has moved for too long, though the request may have reached the API. Look before you send it again.';

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

/** One proxied request, from the gate to its answer. It goes on for as long as its caller's access does. */
export class ProxiedCall {
  readonly #request: RouteRequest;
  readonly #head: ProxiedHead;
  readonly #parts: ProxiedCallParts;
  readonly #limits: ProxyLimits;
  readonly #exchange: ProxiedExchange;

  constructor(request: RouteRequest, head: ProxiedHead, parts: ProxiedCallParts, limits: ProxyLimits) {
    this.#request = request;
    this.#head = head;
    this.#parts = parts;
    this.#limits = limits;
    this.#exchange = new ProxiedExchange(request.response, limits.silenceMs);
  }

  async answer(): Promise<Answer | Written> {
    const stop = this.#parts.access.follow(this.#request.caller, (refusal) => this.#exchange.end(refusal));
    try {
      return await this.#answer();
    } finally {
      stop();
    }
  }

  async #answer(): Promise<Answer | Written> {
    const { caller, message, response, hasBody } = this.#request;
    const { engine, access, now } = this.#parts;
    const refusal = access.refusalOf(caller);
    if (refusal !== null) return problemAnswer(refusal);
    const meant = accountFor(caller, this.#head.account);
    if (meant.kind === 'not_its_own') return problemAnswer('forbidden');
    const { account } = meant;
    const asked = engine.token({ account, minTtlSeconds, tool: toolOf(caller) });
    const reply = asked instanceof Promise ? await access.during(caller, asked) : asked;
    if (reply.kind === 'access_ended') return problemAnswer(reply.refusal);
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

  /** Asked before a token leaves; where access has ended, so does the exchange. */
  #mayGoOn(): boolean {
    const refusal = this.#parts.access.refusalOf(this.#request.caller);
    if (refusal !== null) this.#exchange.end(refusal);
    return refusal === null;
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
      mayLeave: () => this.#mayGoOn(),
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
    const report = this.#parts.engine.reportRejected({ account, rejected, tool });
    const reply = await this.#parts.access.during(this.#request.caller, report);
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
    this.#mayGoOn();
    const { endedBy } = this.#exchange;
    if (endedBy !== null && reply.kind === 'answer') reply.drop();
    if (endedBy === 'too_large') return problemAnswer('too_large');
    if (endedBy === 'silence') return problemAnswer('service_error', { detail: silent });
    if (endedBy === 'bad_key' || endedBy === 'forbidden') return problemAnswer(endedBy);
    if (endedBy === 'caller_left' || response.destroyed) {
      response.destroy();
      return 'written';
    }
    const { host } = destination.asked;
    if (reply.kind === 'none') return noAnswer(reply, host, this.#parts.now());
    // The API may have left while its 401 was told to the session. Such a body never ends, and tells nobody.
    if (reply.body.destroyed) return noAnswer({ unsent: false, reason: 'cut' }, host, this.#parts.now());
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
  { unsent, reason }: Omit<Extract<ApiReply, { kind: 'none' }>, 'kind'>,
  host: string,
  now: number,
): Answer {
  const detail = failureText(connectionFailure(host, reason, now));
  return unsent
    ? problemAnswer('offline', { detail, reason: problemReason(reason) })
    : problemAnswer('service_error', { detail });
}
