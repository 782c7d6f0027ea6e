import type { Answer } from './answers.ts';
import type { ReceivedRequest } from './received-request.ts';

export const loginPath = '/auth/api/v1/accounts/login';
export const refreshPath = '/auth/api/v1/accounts/token';
export const orderListPath = '/allocation/api/v1/tracking/order-list';
export const controlPrefix = '/__control/';

/** One path and the one method that it takes. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** @throws Refusal instead of answering with a failure */
  readonly answer: (request: ReceivedRequest) => Answer | Promise<Answer>;
}
