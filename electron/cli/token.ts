import type { TokenAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { answer, fail, failWith } from './output.ts';

/** `token-tray token`: the access token alone, or with `--json` the endpoint's answer as it is. */
export async function token(options: CallOptions): Promise<number> {
  return withToken(options, (body) => (options.json ? body : (JSON.parse(body) as TokenAnswer).access_token));
}

/** Asks for the current token and prints what `print` makes of the endpoint's answer. */
export async function withToken(options: CallOptions, print: (body: string) => string): Promise<number> {
  const query = new URLSearchParams();
  if (options.minTtl !== undefined) query.set('min_ttl', String(options.minTtl));
  if (options.account !== undefined) query.set('account', options.account);
  const asked = await request(
    homeOf(options),
    'GET',
    `/v1/token${query.size > 0 ? `?${query.toString()}` : ''}`,
  );
  if (!asked.ok) return fail(asked.failure);
  if (asked.value.status !== 200) return failWith(asked.value);
  return answer(print(asked.value.body));
}
