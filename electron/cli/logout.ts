import { exitCodes } from '../contract/problems.ts';
import type { LogoutAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { fail, failWith, tell } from './output.ts';

/** `token-tray logout`: the service has no sign-out call, so the session is forgotten on this computer. */
export async function logout(options: CallOptions): Promise<number> {
  const query = options.account === undefined ? '' : `?account=${encodeURIComponent(options.account)}`;
  const asked = await request(homeOf(options), 'POST', `/v1/logout${query}`);
  if (!asked.ok) return fail(asked.failure);
  if (asked.value.status !== 200) return failWith(asked.value);
  const { account } = JSON.parse(asked.value.body) as LogoutAnswer;
  tell(`Signed out ${account} on this computer.`);
  return exitCodes.done;
}
