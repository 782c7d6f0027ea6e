import type { Result } from '../contract/result.ts';
import type { TokenAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request, type Unreachable } from './connection.ts';
import type { Answer } from './http-exchange.ts';
import { answer, fail, failWith } from './output.ts';

/** `token-tray token`: the access token alone, or with `--json` the endpoint's answer as it is. */
export async function token(options: CallOptions): Promise<number> {
  return withToken(options, (body) => answer(options.json ? body : accessTokenIn(body)));
}

/** Gets the current token and does with the endpoint's answer what `use` says; answers the exit code. */
export async function withToken(
  options: CallOptions,
  use: (body: string) => number | Promise<number>,
): Promise<number> {
  const asked = await (options.wait === undefined
    ? requestToken(options)
    : waitForToken(options, options.wait));
  if (!asked.ok) return fail(asked.failure);
  return asked.value.status === 200 ? use(asked.value.body) : failWith(asked.value);
}

/** The token in an answer of `GET /v1/token` or `POST /v1/token/renew`. */
export function accessTokenIn(body: string): string {
  return (JSON.parse(body) as TokenAnswer).access_token;
}

function requestToken(options: CallOptions): Promise<Result<Answer, Unreachable>> {
  const query = new URLSearchParams();
  if (options.minTtl !== undefined) query.set('min_ttl', String(options.minTtl));
  if (options.account !== undefined) query.set('account', options.account);
  const path = `/v1/token${query.size > 0 ? `?${query.toString()}` : ''}`;
  return request(homeOf(options), 'GET', path);
}

async function waitForToken(options: CallOptions, seconds: number): Promise<Result<Answer, Unreachable>> {
  const { answerWithin, lookAtStatus } = await import('./waiting.ts');
  return answerWithin(seconds, { ask: () => requestToken(options), look: () => lookAtStatus(options) });
}
