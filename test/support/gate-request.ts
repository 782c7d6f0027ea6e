import { noContent } from '../../electron/endpoint/answer.ts';
import { admit, loopbackHosts, type Admission, type HostRule } from '../../electron/endpoint/gate.ts';
import { digestOf, newKey, newToolKey } from '../../electron/endpoint/key.ts';
import { KeyRing } from '../../electron/endpoint/key-ring.ts';
import { Leases } from '../../electron/endpoint/leases.ts';
import { route } from '../../electron/endpoint/route.ts';
import { RouteTable } from '../../electron/endpoint/route-table.ts';
import { noQuery } from '../../electron/endpoint/schemas.ts';

/** The owner's key, and a tool's own, as the gate under test knows them. */
export const key = newKey();
export const toolKey = newToolKey();
export const port = 7_145;
/** A good Host header, and a good Authorization header, as they stand in `rawHeaders`. */
export const host = ['Host', `127.0.0.1:${port}`];
const authorization = ['Authorization', `Bearer ${key.reveal()}`];

const tool = {
  name: 'reports',
  digest: digestOf(toolKey),
  addedAt: 0,
  expiresAt: null,
  proxyOnly: false,
  account: null,
};
const keys = new KeyRing(key, { byDigest: (digest) => (digest === tool.digest ? tool : null) }, new Leases());
const answer = () => noContent;
const routes = new RouteTable([
  route({ method: 'GET', path: '/healthz', access: 'public', query: noQuery, answer }),
  route({ method: 'GET', path: '/v1/token', access: 'any_key', query: noQuery, answer }),
  route({ method: 'POST', path: '/v1/login', access: 'owner_key', query: noQuery, answer }),
]);
const tcp = loopbackHosts(port);

export interface GateRequest {
  readonly method?: string;
  readonly url?: string;
  readonly rawHeaders?: readonly string[];
}

/** What the gate decides on a good request for a token, but for what is given. */
export function admission(request: GateRequest, mayName: HostRule = tcp): Admission {
  const good = { method: 'GET', url: '/v1/token', rawHeaders: [...host, ...authorization] };
  return admit({ ...good, ...request }, mayName, routes, keys);
}

/** The refusal's code, or `admitted`. */
export function outcome(request: GateRequest, mayName: HostRule = tcp): string {
  const decided = admission(request, mayName);
  return decided.kind === 'refused' ? decided.code : decided.kind;
}

export function withHeaders(...added: string[]): GateRequest {
  return { rawHeaders: [...host, ...authorization, ...added] };
}

/** With these Host headers in place of the good one. */
export function withHost(...values: string[]): GateRequest {
  return { rawHeaders: [...values.flatMap((value) => ['Host', value]), ...authorization] };
}

/** With these Authorization headers in place of the good one. */
export function withAuthorization(...values: string[]): GateRequest {
  return { rawHeaders: [...host, ...values.flatMap((value) => ['Authorization', value])] };
}
