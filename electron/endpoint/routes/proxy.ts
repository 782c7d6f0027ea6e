import { METHODS } from 'node:http';
import type { Answer, Written } from '../answer.ts';
import { ProxiedCall, type ProxiedCallParts } from '../proxied-call.ts';
import { usualProxyLimits, type ProxyLimits } from '../proxied-exchange.ts';
import { readProxiedHead } from '../proxied-head.ts';
import { problemAnswer } from '../problem.ts';
import { declaredBytes } from '../request-body.ts';
import type { Route, RouteRequest } from '../route.ts';
import { noQuery } from '../schemas.ts';

export interface ProxyParts extends ProxiedCallParts {
  /** Left out: the usual ones. */
  readonly limits?: Partial<ProxyLimits> | undefined;
}

// CONNECT would open a tunnel past everything here, and TRACE would send the token back in a body (RFC 9110 §9.3.8).
const methods = METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE');

const tooMany = 'Too many requests pass through at once. Let some of them end, then send this one again.';

/** `ANY /proxy/PATH` and `/proxy/@NAME/PATH`: the same request at the API, with the token in it. */
export function proxyRoutes(parts: ProxyParts): readonly Route[] {
  const limits = { ...usualProxyLimits, ...parts.limits };
  let underWay = 0;
  const answer = async (request: RouteRequest): Promise<Answer | Written> => {
    const { rawHeaders, url = '' } = request.message;
    const head = readProxiedHead(url, rawHeaders);
    if (head.kind === 'preflight') return problemAnswer('method_not_allowed', { allow: methods.join(', ') });
    if (head.kind === 'fault') return problemAnswer('bad_request', { detail: head.fault });
    if ((declaredBytes(request.message) ?? 0) > limits.bodyBytes) return problemAnswer('too_large');
    if (underWay >= limits.atOnce) return problemAnswer('offline', { detail: tooMany, retryAfterSeconds: 1 });
    underWay += 1;
    try {
      return await new ProxiedCall(request, head, parts, limits).answer();
    } finally {
      underWay -= 1;
    }
  };
  return methods.map((method) => ({
    method,
    path: '/proxy/*',
    access: 'proxy',
    query: noQuery,
    body: null,
    answer,
  }));
}
