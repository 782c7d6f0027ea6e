import { styleText } from 'node:util';
import type { StatusAnswer } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { withAccount } from './connection.ts';
import { answer } from './output.ts';
import { statusColour, statusLines } from './status-words.ts';

/** `token-tray status`: in words, or with `--json` as the endpoint gives it. */
export async function status(options: CallOptions): Promise<number> {
  const asked = await ask(options, 'GET', withAccount('/v1/status', options));
  if (!asked.ok) return asked.exitCode;
  if (options.json) return answer(asked.body);
  const report = JSON.parse(asked.body) as StatusAnswer;
  const [first = '', ...others] = statusLines(report);
  // Coloured on a terminal alone, and as NO_COLOR and FORCE_COLOR say.
  const headline = styleText(statusColour(report), first, { stream: process.stdout });
  return answer([headline, ...others].join('\n'));
}
