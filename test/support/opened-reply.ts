import type { ServiceReply } from '../../electron/core/ports.ts';

/** A reply to be compared: where tokens were issued, their texts, access token first; else the reply itself. */
export function opened(reply: ServiceReply): unknown {
  if (reply.kind !== 'issued') return reply;
  return [reply.tokens.accessToken.reveal(), reply.tokens.refreshToken?.reveal() ?? null];
}
