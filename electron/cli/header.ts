import type { TokenAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { withToken } from './token.ts';

/** `token-tray header`: the Authorization header (RFC 6750 §2.1), so that a tool needs to build nothing. */
export function header(options: CallOptions): Promise<number> {
  return withToken(options, (body) => {
    const line = `Authorization: Bearer ${(JSON.parse(body) as TokenAnswer).access_token}`;
    // Read by `curl -K -` from standard input, the token stands in no process's arguments.
    return options.curl ? `header = "${line}"` : line;
  });
}
