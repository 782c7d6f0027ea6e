import type { OutlookAnswer } from '../../contract/wire.ts';
import { problemReason, type TokenRefusal } from '../../contract/problems.ts';
import type { Outlook } from '../../core/outlook.ts';
import type { Settings } from '../../core/ports.ts';
import { jsonAnswer } from '../answer.ts';
import type { Engine, ToolKeys } from '../engine.ts';
import { route, type Route } from '../route.ts';
import { noQuery } from '../schemas.ts';
import { time, timeOrNull } from '../time.ts';

export interface OutlookParts {
  readonly engine: Engine;
  readonly tools: ToolKeys;
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `GET /v1/outlook`: what a tool would get now, and why, for `token-tray doctor`. Asks nothing of the service. */
export function outlookRoute({ engine, tools, settings, now }: OutlookParts): Route {
  return route({
    method: 'GET',
    path: '/v1/outlook',
    access: 'owner_key',
    query: noQuery,
    answer: () =>
      jsonAnswer(
        outlookAnswer(engine.outlook(), {
          programsOfThisUser: settings.get('programsOfThisUser'),
          toolKeys: tools.list().length,
          now: now(),
        }),
      ),
  });
}

export interface OutlookKeys {
  readonly programsOfThisUser: boolean;
  readonly toolKeys: number;
  readonly now: number;
}

export function outlookAnswer(
  { accounts }: Outlook,
  { programsOfThisUser, toolKeys, now }: OutlookKeys,
): OutlookAnswer {
  return {
    accounts: accounts.map(({ account, default: isDefault, state, gives, expiresAt, refusal }) => ({
      account,
      default: isDefault,
      state,
      gives,
      expires_at: timeOrNull(expiresAt),
      code: refusal?.code ?? null,
      reason: refusal === null ? null : reasonOf(refusal),
      retry_at:
        refusal?.retryAfterSeconds === undefined ? null : time(now + refusal.retryAfterSeconds * 1_000),
    })),
    programs_of_this_user: programsOfThisUser,
    tool_keys: toolKeys,
  };
}

function reasonOf({ reason, failure }: TokenRefusal) {
  return reason ?? (failure?.code === 'offline' ? problemReason(failure.reason) : null);
}
