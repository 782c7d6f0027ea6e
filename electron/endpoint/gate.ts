import type { ProblemCode } from '../contract/problems.ts';
import { mayOpen, type Caller } from './caller.ts';
import { bearerKeyOf, readHeaderFields, type HeaderFields } from './header-fields.ts';
import type { KeyRing } from './key-ring.ts';
import type { Route } from './route.ts';
import type { RouteTable } from './route-table.ts';

/** The part of a request that the gate decides by; Node's IncomingMessage fits. */
export interface RequestHead {
  readonly method?: string | undefined;
  /** The request target as it came (RFC 9112 §3.2), never decoded. */
  readonly url?: string | undefined;
  /** Names and values in turn, doubled fields included. */
  readonly rawHeaders: readonly string[];
}

/** Whether a request may name this Host; the rule differs between TCP and the socket. */
export type HostRule = (host: string) => boolean;

export type Admission =
  | {
      readonly kind: 'admitted';
      readonly route: Route;
      readonly caller: Caller;
      /** The target's query, undecoded, without its question mark. */
      readonly query: string;
      readonly hasBody: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly code: Extract<
        ProblemCode,
        | 'bad_request'
        | 'forbidden_origin'
        | 'forbidden_host'
        | 'bad_key'
        | 'not_found'
        | 'method_not_allowed'
        | 'forbidden'
      >;
      readonly detail?: string;
      /** The methods of this path, for the `Allow` header. */
      readonly allow?: string;
      /** Whether a known key was looked at. */
      readonly keyShown: boolean;
      readonly hasBody: boolean;
    };

/** More header fields than any honest client sends. */
export const headerFieldsLimit = 100;

export const noUpgrade =
  'There are no upgrades here, such as WebSocket, and no tunnels. Send a plain HTTP/1.1 request.';
const nobody: Caller = { kind: 'nobody' };

/** On TCP only the literal address passes: a rebound DNS name, or 0.0.0.0, brings another Host. */
export function loopbackHosts(port: number): HostRule {
  const byAddress = `127.0.0.1:${port}`;
  const byName = `localhost:${port}`;
  return (host) => host === byAddress || host === byName;
}

/** On the Unix socket any: no browser reaches it. */
export const anyHost: HostRule = () => true;

/**
 * Decides on a request by its head alone. The rules, in order:
 * 1. a head that can be read in two ways is `bad_request`;
 * 2. a web page's request is `forbidden_origin`, another Host `forbidden_host`, a request for a WebSocket `bad_request`:
 *    before any key is looked at;
 * 3. without a known key, every path but the public ones is `bad_key`: it is not told which paths there are;
 * 4. then `not_found`, `method_not_allowed`, and `forbidden` where this key will not do.
 */
export function admit(head: RequestHead, mayName: HostRule, routes: RouteTable, keys: KeyRing): Admission {
  const target = head.url ?? '';
  const fields = readHeaderFields(head.rawHeaders);
  const { hasBody } = fields;
  const ambiguity = ambiguityOf(target, fields, head.rawHeaders.length / 2);
  const keyless = { kind: 'refused', keyShown: false, hasBody } as const;
  if (ambiguity !== null) return { ...keyless, code: 'bad_request', detail: ambiguity };
  if (fields.fromWebPage) return { ...keyless, code: 'forbidden_origin' };
  if (!mayName(fields.host)) return { ...keyless, code: 'forbidden_host' };
  // Any other upgrade, such as h2c, is ignored, and the request is answered in HTTP/1.1 (RFC 9110 §7.8).
  if (fields.wantsWebSocket) return { ...keyless, code: 'bad_request', detail: noUpgrade };

  const mark = target.indexOf('?');
  const paths = routes.at(mark === -1 ? target : target.slice(0, mark));
  const caller = paths?.isPublic === true ? nobody : keys.callerOf(bearerKeyOf(fields.authorization));
  if (caller === null) return { ...keyless, code: 'bad_key' };
  const refused = { ...keyless, keyShown: caller !== nobody } as const;
  if (paths === undefined) return { ...refused, code: 'not_found' };
  const route = paths.byMethod.get(head.method ?? '');
  if (route === undefined) return { ...refused, code: 'method_not_allowed', allow: paths.allow };
  if (!mayOpen(route.access, caller)) return { ...refused, code: 'forbidden' };
  return { kind: 'admitted', route, caller, query: mark === -1 ? '' : target.slice(mark + 1), hasBody };
}

function ambiguityOf(target: string, fields: HeaderFields, fieldCount: number): string | null {
  if (fieldCount > headerFieldsLimit) return `The request has more than ${headerFieldsLimit} header fields.`;
  if (fields.hostCount !== 1 || fields.host === '')
    return 'The request needs exactly one Host header that is not empty.';
  if (fields.authorizationCount > 1) return 'The request has more than one Authorization header. Send one.';
  if (!target.startsWith('/'))
    return 'The request line holds more than a path. Send a path, such as /v1/token.';
  return null;
}
