/** An answer, ready to be written at once. */
export interface Answer {
  readonly status: number;
  /** Header names and values in turn; mutable only because Node’s types ask for it. */
  readonly headers: string[];
  readonly body: string;
  /** The response stays open after its body; called when it ends, by either side. */
  readonly held?: () => void;
}

/** The route has written the response itself, or given it up. */
export type Written = 'written';

/** On every answer, so that no browser keeps, guesses, embeds or runs one. No CORS header ever stands beside them. */
export const commonHeaders: readonly string[] = [
  'Cache-Control',
  'no-store',
  // RFC 6749 §5.1 asks for both beside a token.
  'Pragma',
  'no-cache',
  'X-Content-Type-Options',
  'nosniff',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'Content-Security-Policy',
  "default-src 'none'",
];

/** 200 with a JSON body. */
export function jsonAnswer(body: object): Answer {
  return contentAnswer(200, 'application/json', JSON.stringify(body), []);
}

/** 200 with a line of JSON in a response that stays open until the client, or the endpoint, ends it. */
export function heldAnswer(body: object, ended: () => void): Answer {
  const headers = [...commonHeaders, 'Content-Type', 'application/json'];
  return { status: 200, headers, body: `${JSON.stringify(body)}\n`, held: ended };
}

/** 204: done, nothing to tell. */
export const noContent: Answer = { status: 204, headers: [...commonHeaders], body: '' };

/** 202: begun. */
export const accepted: Answer = { status: 202, headers: [...commonHeaders, 'Content-Length', '0'], body: '' };

/** An answer with a text body. `headers`: names and values in turn, beside the common ones. */
export function contentAnswer(
  status: number,
  contentType: string,
  body: string,
  headers: readonly string[],
): Answer {
  const length = String(Buffer.byteLength(body));
  return {
    status,
    headers: [...commonHeaders, 'Content-Type', contentType, 'Content-Length', length, ...headers],
    body,
  };
}
