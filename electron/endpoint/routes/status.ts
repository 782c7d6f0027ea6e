import type { StatusAnswer } from '../../contract/wire.ts';
import type { SessionReport } from '../../core/token-reply.ts';
import { jsonAnswer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import { unknownAccount } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { accountQuery } from '../schemas.ts';

/** Where the endpoint listens. `socket` null: on TCP alone. */
export interface EndpointAddress {
  readonly url: string;
  readonly socket: string | null;
}

/** `GET /v1/status`. `address` is asked at each answer: it is known only once the endpoint listens. */
export function statusRoute(engine: Engine, address: () => EndpointAddress): Route {
  return route({
    method: 'GET',
    path: '/v1/status',
    access: 'any_key',
    query: accountQuery,
    answer: (_caller, query) => {
      const report = engine.report(query.account ?? null);
      return report === null ? unknownAccount() : jsonAnswer(statusAnswer(report, address()));
    },
  });
}

function statusAnswer(report: SessionReport, endpoint: EndpointAddress): StatusAnswer {
  const { lastRenewal, budget } = report;
  return {
    state: report.state,
    account: report.account,
    accounts: report.accounts.map((each) => ({
      account: each.account,
      state: each.state,
      default: each.default,
    })),
    expires_in: report.leftMs === null ? null : Math.floor(report.leftMs / 1000),
    expires_at: timeOrNull(report.expiresAt),
    last_renewal: lastRenewal === null ? null : { at: time(lastRenewal.at), cause: lastRenewal.cause },
    next_renewal_at: timeOrNull(report.nextRenewalAt),
    budget: { used: budget.used, limit: budget.limit, next_at: timeOrNull(budget.nextAt) },
    // Nothing can be paused yet; the report will say.
    paused_until: null,
    key_store: report.keyStore,
    endpoint: { url: endpoint.url, socket: endpoint.socket },
  };
}

/** RFC 3339, UTC. */
function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : time(epochMs);
}
