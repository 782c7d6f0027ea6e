import type { StatusAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { answer, fail, failWith } from './output.ts';
import { statusLines } from './status-words.ts';

/** `token-tray status`: in words, or with `--json` as the endpoint gives it. */
export async function status(options: CallOptions): Promise<number> {
  const query = options.account === undefined ? '' : `?account=${encodeURIComponent(options.account)}`;
  const asked = await request(homeOf(options), 'GET', `/v1/status${query}`);
  if (!asked.ok) return fail(asked.failure);
  if (asked.value.status !== 200) return failWith(asked.value);
  const { body } = asked.value;
  return answer(options.json ? body : statusLines(JSON.parse(body) as StatusAnswer).join('\n'));
}
