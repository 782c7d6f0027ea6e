import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request that is refused: thrown by whoever finds the reason, sent by `exchange.ts`. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** Tokens must not be kept by any cache (RFC 6749 §5.1). */
export function tokenAnswer(value: unknown): Answer {
  return jsonAnswer(200, value, { 'cache-control': 'no-store' });
}

/** A failure in the shape of docs/auth-api.md: `{"status":false,"detail":…}`. */
export function failure(status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(status, { status: false, detail }, headers);
}

export const accountSuspended = failure(403, 'Account suspended');

/** Sends an answer; `overriding` headers take the place of the answer's own and of Node's. */
export function send(
  response: ServerResponse,
  answer: Answer,
  overriding: Record<string, string> = {},
): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  for (const [name, value] of Object.entries(overriding)) response.setHeader(name, value);
  response.end(answer.body);
}
