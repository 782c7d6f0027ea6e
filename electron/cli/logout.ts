import { exitCodes } from '../contract/problems.ts';
import type { LogoutAnswer } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { withAccount } from './connection.ts';
import { tell } from './output.ts';

/** `token-tray logout`: the service has no sign-out call, so the session is forgotten on this computer. */
export async function logout(options: CallOptions): Promise<number> {
  const asked = await ask(options, 'POST', withAccount('/v1/logout', options));
  if (!asked.ok) return asked.exitCode;
  const { account } = JSON.parse(asked.body) as LogoutAnswer;
  tell(`Signed out ${account} on this computer.`);
  return exitCodes.done;
}
