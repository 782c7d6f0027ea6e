import { z } from 'zod';
import type { TriedTool } from '../contract/connect-page.ts';
import { problemReasons, problemStatus, type ProblemCode } from '../contract/problems.ts';
import type { Secret } from '../core/secret.ts';

/** What a tool looks at in the answer; the token itself goes no further than this. */
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number(), account: z.string() });
const problemAnswer = z.object({
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  reason: z.enum(problemReasons).optional(),
});

/** The endpoint answers within 20 s, whatever the service does. */
const limitMs = 25_000;

/** Asks the endpoint at `url` for a token by TCP, as a tool with this key would. Never rejects. */
export async function tryTool(url: string, key: Secret<'endpoint key'>): Promise<TriedTool> {
  try {
    const answer = await fetch(`${url}/v1/token`, {
      headers: { authorization: `Bearer ${key.reveal()}` },
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
    });
    const body: unknown = await answer.json();
    if (answer.ok) {
      const { account, expires_in: expiresInSeconds } = tokenAnswer.parse(body);
      return { kind: 'token', account, expiresInSeconds };
    }
    const after = Number(answer.headers.get('retry-after') ?? NaN);
    const { code, reason = null } = problemAnswer.parse(body);
    return { kind: 'refused', code, retryAfterSeconds: Number.isFinite(after) ? after : null, reason };
  } catch {
    return { kind: 'unreachable' };
  }
}
