import type { AddToolAnswer, RevokedTool, ToolAnswer, ToolsAnswer } from '../../contract/wire.ts';
import type { Tool } from '../../core/ports.ts';
import type { ToolUse } from '../../core/tool-usage.ts';
import { jsonAnswer } from '../answer.ts';
import type { ActivityLog, Engine, ToolKeys } from '../engine.ts';
import { failureAnswer } from '../failure-problem.ts';
import { digestOf, newToolKey } from '../key.ts';
import { unknownAccount } from '../problem.ts';
import { bodyRoute, route, type Route } from '../route.ts';
import { addToolBody, noQuery, revokeToolBody } from '../schemas.ts';
import { time, timeOrNull } from '../time.ts';
import { useOf } from '../tool-use.ts';

export interface ToolRoutesParts {
  readonly engine: Engine;
  readonly tools: ToolKeys;
  readonly activity: ActivityLog;
  /** Called after a tool was revoked, before that is answered. */
  readonly revoked: () => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `GET /v1/tools`, `POST /v1/tools` and `POST /v1/tools/revoke`. */
export function toolsRoutes({
  engine,
  tools,
  activity,
  revoked: ended,
  now,
}: ToolRoutesParts): readonly Route[] {
  const list = route({
    method: 'GET',
    path: '/v1/tools',
    access: 'owner_key',
    query: noQuery,
    answer: () => {
      const uses = activity.uses();
      const answers = tools.list().map((tool) => toolAnswer(tool, uses));
      return jsonAnswer({ tools: answers } satisfies ToolsAnswer);
    },
  });

  const add = bodyRoute({
    path: '/v1/tools',
    access: 'owner_key',
    query: noQuery,
    body: addToolBody,
    answer: async (_caller, _query, { name, expires_in: expiresIn, proxy_only: proxyOnly, account }) => {
      if (account !== undefined && !engine.has(account)) return unknownAccount();
      const key = newToolKey();
      const added = await tools.add({
        name,
        digest: digestOf(key),
        endsInMs: expiresIn === undefined ? null : expiresIn * 1000,
        proxyOnly: proxyOnly ?? false,
        account: account ?? null,
      });
      if (!added.ok) return failureAnswer(added.failure, now());
      // The only time that the key is told.
      return jsonAnswer({ name, key: key.reveal() } satisfies AddToolAnswer);
    },
  });

  const revoke = bodyRoute({
    path: '/v1/tools/revoke',
    access: 'owner_key',
    query: noQuery,
    body: revokeToolBody,
    answer: async (_caller, _query, { name }) => {
      const revoked = await tools.revoke(name);
      // Where it could not be saved, the key is shut out all the same.
      ended();
      return revoked.ok ? jsonAnswer({ name } satisfies RevokedTool) : failureAnswer(revoked.failure, now());
    },
  });

  return [list, add, revoke];
}

function toolAnswer(tool: Tool, uses: readonly ToolUse[]): ToolAnswer {
  return {
    ...useOf(tool.name, uses),
    added_at: time(tool.addedAt),
    expires_at: timeOrNull(tool.expiresAt),
    proxy_only: tool.proxyOnly,
    account: tool.account,
  };
}
