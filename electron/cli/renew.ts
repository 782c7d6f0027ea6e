import { exitCodes } from '../contract/problems.ts';
import type { StatusAnswer, TokenAnswer } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { withAccount } from './connection.ts';
import { answer, tell } from './output.ts';
import { readStandardInput } from './strict-text.ts';
import { accessTokenIn, withToken } from './token.ts';

/** `token-tray renew`: the API refused a token; prints the one to use now. */
export async function renew(options: CallOptions): Promise<number> {
  if (!options.rejectedStdin) return renewCurrent(options);
  const rejected = (await readStandardInput())?.trim() ?? null;
  if (rejected === null) {
    tell(
      'Standard input is not UTF-8 text, so nothing was sent. Send the token that was refused, as it was received.',
    );
    return exitCodes.wrongUsage;
  }
  if (rejected === '') {
    tell('Standard input holds no token. Send the one that was refused, or leave out --rejected-stdin.');
    return exitCodes.wrongUsage;
  }
  return report(options, rejected);
}

/** Without a token that was refused the current one is meant, unless it is so new that hardly anybody has tried it. */
async function renewCurrent(options: CallOptions): Promise<number> {
  return withToken({ ...options, minTtl: 0 }, async (body) => {
    const asked = await ask(options, 'GET', withAccount('/v1/status', options));
    if (!asked.ok) return asked.exitCode;
    const current = JSON.parse(body) as TokenAnswer;
    const seconds = secondsOfNewToken(current, JSON.parse(asked.body) as StatusAnswer);
    if (seconds === null) return report(options, current.access_token);
    tell(`The current token is only ${seconds} s old, so it was not renewed.`);
    return answer(current.access_token);
  });
}

async function report(options: CallOptions, rejected: string): Promise<number> {
  const asked = await ask(options, 'POST', withAccount('/v1/token/renew', options), { rejected });
  return asked.ok ? answer(accessTokenIn(asked.body)) : asked.exitCode;
}

/** The age, in seconds, of a token younger than min(60 s, a quarter of its life); null: it is older, or nobody knows. */
export function secondsOfNewToken(
  token: Pick<TokenAnswer, 'expires_in' | 'expires_at'>,
  status: Pick<StatusAnswer, 'last_renewal'>,
): number | null {
  if (status.last_renewal === null) return null;
  const lifetime = (Date.parse(token.expires_at) - Date.parse(status.last_renewal.at)) / 1000;
  const age = Math.max(0, Math.floor(lifetime - token.expires_in));
  return age < Math.min(60, lifetime / 4) ? age : null;
}
