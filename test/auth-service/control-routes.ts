import { z } from 'zod';
import { jsonAnswer } from './answers.ts';
import { faultSchema } from './faults.ts';
import type { Fault } from './faults.ts';
import type { Stats } from './figures.ts';
import { readJson, wholeBody } from './received-request.ts';
import { controlPrefix } from './routes.ts';
import type { Route } from './routes.ts';

const expireBody = z.strictObject({ what: z.enum(['access', 'refresh', 'all']) });
const resetBody = z.strictObject({});

type Expirable = z.output<typeof expireBody>['what'];

/** What a test can ask of the service beside its API; the same in-process and over HTTP. */
export interface Controls {
  stats(): Stats;
  /** @throws ZodError for a fault that makes no sense */
  fault(fault: Fault): void;
  /** Tokens issued so far are refused from now on. */
  expire(what: Expirable): void;
  /** Sessions, figures, suspensions and faults are gone. */
  reset(): void;
}

/**
 * `/__control/…` (docs/auth-api.md). The content type is not looked at, so that `curl -d` will do.
 * The POSTs answer 200 `{"status":true}`.
 */
export function controlRoutes(controls: Controls): Route[] {
  const done = jsonAnswer(200, { status: true });
  return [
    { method: 'GET', path: `${controlPrefix}stats`, answer: () => jsonAnswer(200, controls.stats()) },
    {
      method: 'POST',
      path: `${controlPrefix}fault`,
      answer: (request) => {
        controls.fault(readJson(request, faultSchema));
        return done;
      },
    },
    {
      method: 'POST',
      path: `${controlPrefix}expire`,
      answer: (request) => {
        controls.expire(readJson(request, expireBody).what);
        return done;
      },
    },
    {
      method: 'POST',
      path: `${controlPrefix}reset`,
      answer: (request) => {
        if (wholeBody(request).length > 0) readJson(request, resetBody);
        controls.reset();
        return done;
      },
    },
  ];
}
