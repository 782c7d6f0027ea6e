/** What the gate looks at in a request's header section. */
export interface HeaderFields {
  readonly host: string;
  readonly hostCount: number;
  readonly authorization: string;
  readonly authorizationCount: number;
  /** A browser's mark: the request comes from a web page. */
  readonly fromWebPage: boolean;
  /** A body follows (RFC 9112 §6.3). */
  readonly hasBody: boolean;
  /** `Upgrade` names WebSocket (RFC 6455 §4.2.1). */
  readonly wantsWebSocket: boolean;
}

/** The key of `Authorization: Bearer KEY` (RFC 6750 §2.1; RFC 9110 §11.1: the scheme has no case); empty: another form. */
export function bearerKeyOf(authorization: string): string {
  return /^bearer +(.+)$/i.exec(authorization)?.[1] ?? '';
}

/**
 * Reads them in one pass over `rawHeaders`, names and values in turn. Node's `headers` would hide a doubled
 * Host or Authorization, of which it keeps the first.
 */
export function readHeaderFields(rawHeaders: readonly string[]): HeaderFields {
  let host = '';
  let hostCount = 0;
  let authorization = '';
  let authorizationCount = 0;
  let fromWebPage = false;
  let hasBody = false;
  let wantsWebSocket = false;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    switch (name.toLowerCase()) {
      case 'host':
        host = value;
        hostCount += 1;
        break;
      case 'authorization':
        authorization = value;
        authorizationCount += 1;
        break;
      case 'origin':
      case 'sec-fetch-site':
      case 'sec-fetch-dest':
      case 'sec-fetch-user':
        fromWebPage = true;
        break;
      case 'sec-fetch-mode':
        // Node's own fetch sends `cors`, and none of the others; a browser never sends it alone.
        if (value !== 'cors') fromWebPage = true;
        break;
      case 'content-length':
        if (value !== '0') hasBody = true;
        break;
      case 'transfer-encoding':
        hasBody = true;
        break;
      case 'upgrade':
        if (/(?:^|,)\s*websocket\s*(?:$|[,/])/i.test(value)) wantsWebSocket = true;
        break;
    }
  }
  return { host, hostCount, authorization, authorizationCount, fromWebPage, hasBody, wantsWebSocket };
}
