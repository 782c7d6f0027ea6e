import type { StatusAnswer } from '../../contract/wire.ts';
import type { SessionReport } from '../../core/token-reply.ts';
import { jsonAnswer } from '../answer.ts';
import { accountFor, type Caller } from '../caller.ts';
import type { Engine } from '../engine.ts';
import { problemAnswer, unknownAccount } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { accountQuery } from '../schemas.ts';
import { time, timeOrNull } from '../time.ts';
import { wholeSecondsLeft } from '../token-answer.ts';

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
    answer: (caller, query) => {
      const meant = accountFor(caller, query.account);
      if (meant.kind === 'not_its_own') return problemAnswer('forbidden');
      const report = engine.report(meant.account);
      if (report === null) return unknownAccount();
      return jsonAnswer(statusAnswer(seenBy(caller, report), address()));
    },
  });
}

/** A key for one account alone learns nothing of the others. */
function seenBy(caller: Caller, report: SessionReport): SessionReport {
  if (!('account' in caller) || caller.account === null) return report;
  return { ...report, accounts: report.accounts.filter(({ account }) => account === report.account) };
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
    expires_in: report.leftMs === null ? null : wholeSecondsLeft(report.leftMs),
    expires_at: timeOrNull(report.expiresAt),
    last_renewal: lastRenewal === null ? null : { at: time(lastRenewal.at), cause: lastRenewal.cause },
    next_renewal_at: timeOrNull(report.nextRenewalAt),
    budget: { used: budget.used, limit: budget.limit, next_at: timeOrNull(budget.nextAt) },
    rate_limited_until: timeOrNull(report.rateLimitedUntil),
    reason: report.hold?.reason ?? null,
    paused_until: timeOrNull(report.pausedUntil),
    key_store: report.keyStore,
    locked_reason: report.lockedReason,
    endpoint: { url: endpoint.url, socket: endpoint.socket },
  };
}
