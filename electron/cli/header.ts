import type { CallOptions } from './call-options.ts';
import { answer } from './output.ts';
import { accessTokenIn, withToken } from './token.ts';

/** `token-tray header`: the Authorization header (RFC 6750 §2.1), so that a tool needs to build nothing. */
export function header(options: CallOptions): Promise<number> {
  return withToken(options, (body) => {
    const line = `Authorization: Bearer ${accessTokenIn(body)}`;
    // Read by `curl -K -` from standard input, the token stands in no process's arguments.
    return answer(options.curl ? curlConfigLine(line) : line);
  });
}

/** A header as a line of curl’s config file, whose quoted texts escape two characters (curl(1), `--config`). */
export function curlConfigLine(header: string): string {
  return `header = "${header.replace(/["\\]/g, '\\$&')}"`;
}
