import type { ActivityAnswer } from '../contract/wire.ts';
import { activityText } from './activity-words.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { answer } from './output.ts';

/** `token-tray activity`: the ledger, seven days back unless said. */
export async function activity(options: CallOptions): Promise<number> {
  const query = new URLSearchParams();
  if (options.account !== undefined) query.set('account', options.account);
  if (options.since !== undefined) {
    query.set('since', new Date(Date.now() - options.since * 1000).toISOString());
  }
  const asked = await ask(options, 'GET', `/v1/activity${query.size > 0 ? `?${query.toString()}` : ''}`);
  if (!asked.ok) return asked.exitCode;
  return answer(options.json ? asked.body : activityText(JSON.parse(asked.body) as ActivityAnswer));
}
