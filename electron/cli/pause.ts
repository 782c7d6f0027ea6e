import { exitCodes } from '../contract/problems.ts';
import type { PauseAnswer, PauseRequest } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { day, durationSeconds } from './duration.ts';
import { tell } from './output.ts';
import { moment } from './time-words.ts';

/** `token-tray pause`: hands out nothing for a while, an hour unless said. */
export async function pause(options: CallOptions): Promise<number> {
  const seconds = durationSeconds(options.operands?.[0] ?? '1h', day);
  if (seconds === null) {
    tell('A pause lasts a time such as 30m or 1h, at most 24h.');
    return exitCodes.wrongUsage;
  }
  const asked = await ask(options, 'POST', '/v1/pause', { seconds } satisfies PauseRequest);
  if (!asked.ok) return asked.exitCode;
  const { paused_until: until } = JSON.parse(asked.body) as PauseAnswer;
  tell(
    `Tools get nothing${until === null ? '' : ` until ${moment(until)}`}. End it before with: token-tray resume`,
  );
  return exitCodes.done;
}

/** `token-tray resume`: ends a pause. */
export async function resume(options: CallOptions): Promise<number> {
  const asked = await ask(options, 'POST', '/v1/resume');
  if (!asked.ok) return asked.exitCode;
  tell('Tools are served again.');
  return exitCodes.done;
}
