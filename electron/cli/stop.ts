import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../contract/failures.ts';
import { exitCodes } from '../contract/problems.ts';
import type { Result } from '../contract/result.ts';
import type { CallOptions } from './call-options.ts';
import { findOwner, homeOf, request, type Unreachable } from './connection.ts';
import { fail, tell } from './output.ts';

const askAgainMs = 100;
const limitMs = 10_000;

/** `token-tray stop`: ends the running agent or tray app as Ctrl-C or Quit would, and waits until it has ended. */
export async function stop(options: CallOptions): Promise<number> {
  const home = homeOf(options);
  const end = await stopOwner({
    findOwner: () => findOwner(home),
    ask: () => request(home, 'POST', '/v1/stop'),
    limitMs,
  });
  switch (end.kind) {
    case 'stopped':
      tell('Token Tray has stopped.');
      return exitCodes.done;
    case 'nothing_running':
      tell(`Token Tray is not running in ${home}, so there is nothing to stop.`);
      return exitCodes.notRunning;
    case 'still_running':
      fail(end.failure);
      return exitCodes.failed;
  }
}

export interface StopParts {
  /** The owner of the home; null: it is free. `pid` null: it does not tell. */
  readonly findOwner: () => Promise<{ readonly pid: number | null } | null>;
  /** Sends `POST /v1/stop`. */
  readonly ask: () => Promise<Result<{ readonly status: number }, Unreachable>>;
  /** How long the end may take, in milliseconds. */
  readonly limitMs: number;
}

type StopEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'nothing_running' }
  | { readonly kind: 'still_running'; readonly failure: Failure };

/**
 * Asks the owner of a home to stop, and waits until the home is free. No signal is sent: Windows has none that a
 * program could handle. An owner whose `endpoint.json` was removed publishes it again, so asking is repeated.
 */
export async function stopOwner({ findOwner, ask, limitMs }: StopParts): Promise<StopEnd> {
  const first = await findOwner();
  if (first === null) return { kind: 'nothing_running' };
  const { pid } = first;
  let failure: Failure = { code: 'still_running', pid };
  let isAsked = false;
  const over = performance.now() + limitMs;
  for (let left = limitMs; left > 0; left = over - performance.now()) {
    if (!isAsked) {
      const asked = await Promise.race([ask(), delay(left, null, { ref: false })]);
      if (asked?.ok === false) failure = asked.failure;
      // A key that is not known is that of an earlier owner's `endpoint.json`.
      else if (asked !== null && asked.value.status !== 401) {
        isAsked = true;
        failure = { code: 'still_running', pid };
        if (asked.value.status !== 202) break;
      }
    }
    await delay(askAgainMs);
    const owner = await findOwner();
    // A supervisor may have started the next one already.
    if (owner === null || (owner.pid !== null && pid !== null && owner.pid !== pid))
      return { kind: 'stopped' };
  }
  return { kind: 'still_running', failure };
}
