import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { failure, jsonAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { controlPrefix } from './routes.ts';

const longestDelay = 60 * 60 * 1000;

/** The body of `POST /__control/fault` (docs/auth-api.md); what each field does is said at `Fault`. */
export const faultSchema = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[^?#\s]*$/, 'expected a path that begins with / and has no query')
      .refine((path) => !path.startsWith(controlPrefix), 'the control routes take no faults'),
    times: z.int().min(1),
    status: z.int().min(200).max(599).optional(),
    delayMs: z.int().min(0).max(longestDelay).optional(),
    dropAfterProcessing: z.boolean().optional(),
    body: z.json().optional(),
    headers: z
      .record(z.string(), z.string())
      .refine(areSendable, 'expected HTTP header names and values')
      .optional(),
  })
  .refine(
    (fault) => Object.keys(fault).length > 2,
    'expected something that goes wrong beside path and times',
  );

/**
 * Something that goes wrong with the next `times` requests for exactly `path`, of any method.
 *
 * - `delayMs`: milliseconds to wait before anything else is done with the request, at most an hour.
 * - `status`, `body`: answered instead of processing; a string is sent as it is, anything else as JSON. `body` alone
 *   goes with 200, a failing `status` alone with a failure's body.
 * - `headers`: laid over those of the answer, whichever it is; so a wrong `Date` can come with good tokens.
 * - `dropAfterProcessing`: the connection is cut instead of answering. With `status` or `body` nothing has been
 *   processed then: the request was lost, not its answer.
 */
export type Fault = z.output<typeof faultSchema>;

/** The faults to come, first in, first out for each path. */
export class Faults {
  #pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times });
  }

  /** @returns the fault that this request meets, if any; it is used up by one */
  take(path: string): Fault | undefined {
    const entry = this.#pending.find(({ fault }) => fault.path === path);
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#pending.splice(this.#pending.indexOf(entry), 1);
    return entry.fault;
  }

  reset(): void {
    this.#pending = [];
  }
}

/** @returns the answer that takes the place of processing, or undefined if the fault has none */
export function replacementOf({ status, body }: Fault): Answer | undefined {
  if (body !== undefined && typeof body !== 'string') return jsonAnswer(status ?? 200, body);
  if (body !== undefined)
    return { status: status ?? 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
  if (status === undefined) return undefined;
  return status < 400 ? { status, headers: {}, body: '' } : failure(status, STATUS_CODES[status] ?? 'Failed');
}

function areSendable(headers: Record<string, string>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
