import type { LeaseAnswer } from '../../contract/wire.ts';
import type { Settings } from '../../core/ports.ts';
import { heldAnswer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import type { Leases } from '../leases.ts';
import { problemAnswer, unknownAccount } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { accountQuery } from '../schemas.ts';

const tooMany = 'Too many programs hold a lent key already. End one of them, then start this one again.';

/** `POST /v1/lease`: a key that works for as long as the response is read. */
export function leaseRoute(engine: Engine, settings: Settings, leases: Leases): Route {
  return route({
    method: 'POST',
    path: '/v1/lease',
    access: 'owner_key',
    query: accountQuery,
    answer: (_caller, { account = null }) => {
      if (!settings.get('programsOfThisUser')) return problemAnswer('forbidden');
      if (account !== null && !engine.has(account)) return unknownAccount();
      const lease = leases.grant(account);
      if (lease === null) return problemAnswer('forbidden', { detail: tooMany });
      return heldAnswer({ key: lease.key.reveal() } satisfies LeaseAnswer, () => lease.end());
    },
  });
}
