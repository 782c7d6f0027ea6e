import { connectionFailure } from '../contract/failures.ts';
import type { Clock } from '../core/clock.ts';
import type { AuthService, Credentials, ServiceReply } from '../core/ports.ts';
import type { RefreshToken } from '../core/secret.ts';
import { bodyText } from './answer-body.ts';
import { lostReason, unsentReason } from './connection-failure.ts';
import { environmentProxy } from './proxy-choice.ts';
import { parseServiceAddress } from './service-address.ts';
import { readServiceAnswer, type ServiceAnswer } from './service-answer.ts';
import { wayTo, type WayOptions } from './service-way.ts';
import { sendOnce, type PostAnswer, type PostRequest } from './single-post.ts';
import { SystemCertificates } from './system-certificates.ts';
import { systemClock } from './system-clock.ts';

export interface AuthServiceClientOptions extends WayOptions {
  readonly clock: Clock;
  /** Over all: finding the proxy, connecting, sending, and the whole answer; milliseconds. */
  readonly limitMs: number;
}

interface ServicePost extends Omit<PostRequest, 'url'> {
  readonly path: string;
}

/** The vendor's auth API over HTTP. Each call is one POST on a connection of its own. */
export class AuthServiceClient implements AuthService {
  readonly #options: AuthServiceClientOptions;
  readonly #end = new AbortController();

  constructor(options: Partial<AuthServiceClientOptions> = {}) {
    this.#options = {
      clock: systemClock,
      limitMs: 15_000,
      proxyFor: environmentProxy(process.env),
      certificates: new SystemCertificates(),
      ...options,
    };
  }

  /** By Basic (RFC 7617) the username must hold no `:`, which the caller has looked at. */
  logIn(service: string, { username, password, form }: Credentials): Promise<ServiceReply> {
    const path = '/auth/api/v1/accounts/login';
    if (form === 'json') {
      return this.#post('login', service, jsonPost(path, { email: username, password: password.reveal() }));
    }
    const userPass = Buffer.from(`${username}:${password.reveal()}`, 'utf8').toString('base64');
    return this.#post('login', service, {
      path,
      headers: { authorization: `Basic ${userPass}` },
      body: null,
    });
  }

  refresh(service: string, refreshToken: RefreshToken): Promise<ServiceReply> {
    const path = '/auth/api/v1/accounts/token';
    return this.#post('refresh', service, jsonPost(path, { refresh_token: refreshToken.reveal() }));
  }

  /** Gives up the requests under way, so that nothing of them is delivered once this process has ended. */
  close(): void {
    this.#end.abort(new ClientClosedError());
  }

  async #post(request: 'login' | 'refresh', service: string, post: ServicePost): Promise<ServiceReply> {
    const { clock, limitMs } = this.#options;
    const address = parseServiceAddress(service);
    // Looked at again here, at the last door, so that a secret never leaves over plain http.
    if (!address.ok)
      return {
        kind: 'unsent',
        failure: connectionFailure(address.failure.address, 'refused', clock.wallNow()),
      };
    const url = new URL(address.value + post.path);
    const headers = { ...usualHeaders, ...post.headers };
    const { way, open } = wayTo(url, this.#options);
    const outcome = await sendOnce(
      open,
      { url, headers, body: post.body },
      { clock, limitMs, signal: this.#end.signal },
    );

    const now = clock.wallNow();
    if (outcome.kind === 'unsent') {
      const reason = unsentReason(outcome.error, way.proxy !== null);
      return { kind: 'unsent', failure: connectionFailure(url.host, reason, now) };
    }
    const reply = outcome.answer && readServiceAnswer(request, asServiceAnswer(outcome.answer), now);
    // What came before a cut is read: an error status says enough, and tokens may have come whole.
    if (reply && (outcome.error === null || !isUnreadable(reply))) return reply;
    return { kind: 'lost', failure: connectionFailure(url.host, lostReason(outcome.error), now) };
  }
}

/** The program ended before the answer came. */
class ClientClosedError extends Error {
  readonly code = 'ECONNABORTED';
}

const usualHeaders = {
  accept: 'application/json',
  // Without it the service may choose any coding (RFC 9110 §12.5.3).
  'accept-encoding': 'identity',
  'user-agent': 'token-tray',
};

function jsonPost(path: string, value: Readonly<Record<string, string>>): ServicePost {
  return { path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function asServiceAnswer({ status, headers, body }: PostAnswer): ServiceAnswer {
  const first = (name: string) => headers[name]?.[0] ?? null;
  return {
    status,
    contentType: first('content-type'),
    date: first('date'),
    retryAfter: first('retry-after'),
    body: bodyText(body, first('content-encoding')),
  };
}

function isUnreadable(reply: ServiceReply): boolean {
  return reply.kind === 'lost' && reply.failure.code === 'unreadable_answer';
}
