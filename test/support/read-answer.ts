import { readServiceAnswer, type ServiceAnswer } from '../../electron/adapters/service-answer.ts';
import type { ServiceReply } from '../../electron/core/ports.ts';

export type AnsweredRequest = 'login' | 'refresh';

export const answeredRequests: readonly AnsweredRequest[] = ['login', 'refresh'];

/** When answers are read in tests: Mon, 05 Jan 2026 12:00:00 GMT, in epoch milliseconds. */
export const readAt = Date.UTC(2026, 0, 5, 12, 0, 0);

/** Reads an answer that is 200 and JSON unless `answer` says otherwise; a `body` that is no text becomes JSON. */
export function read(
  request: AnsweredRequest,
  body: unknown,
  answer: Partial<ServiceAnswer> = {},
): ServiceReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const usual = { status: 200, contentType: 'application/json', date: null, retryAfter: null, body: text };
  return readServiceAnswer(request, { ...usual, ...answer }, readAt);
}
