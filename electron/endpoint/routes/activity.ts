import type { ActivityAnswer } from '../../contract/wire.ts';
import type { ActivityReport } from '../../core/activity.ts';
import { jsonAnswer } from '../answer.ts';
import type { ActivityLog, Engine, ToolKeys } from '../engine.ts';
import { failureAnswer } from '../failure-problem.ts';
import { unknownAccount } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { activityQuery } from '../schemas.ts';
import { time } from '../time.ts';
import { useOf, usedNames } from '../tool-use.ts';

export interface ActivityParts {
  readonly engine: Engine;
  readonly activity: ActivityLog;
  readonly tools: ToolKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `GET /v1/activity`: the ledger. */
export function activityRoute({ engine, activity, tools, now }: ActivityParts): Route {
  return route({
    method: 'GET',
    path: '/v1/activity',
    access: 'owner_key',
    query: activityQuery,
    answer: async (_caller, { since = null, account = null }) => {
      if (account !== null && !engine.has(account)) return unknownAccount();
      const report = await activity.report({ since, account });
      if (!report.ok) return failureAnswer(report.failure, now());
      return jsonAnswer(activityAnswer(report.value, tools));
    },
  });
}

function activityAnswer({ entries, uses, days }: ActivityReport, tools: ToolKeys): ActivityAnswer {
  return {
    entries: entries.map(({ at, kind, account, cause, tool }) => ({
      at: time(at),
      kind,
      account,
      cause,
      tool,
    })),
    tools: usedNames(tools.list(), uses).map((name) => useOf(name, uses)),
    days: days.map(({ date, count }) => ({ date, count })),
  };
}
