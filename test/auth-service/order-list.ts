import type { Accounts } from './accounts.ts';
import { Refusal, accountSuspended, jsonAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { readBearer } from './authorization.ts';
import { orderListPath } from './routes.ts';
import type { Route } from './routes.ts';
import type { Sessions } from './sessions.ts';

const orders = [
  { order_id: 'SO-10412', carrier: 'UPS', tracking_number: '1Z999AA10123456784', status: 'in_transit' },
  { order_id: 'SO-10413', carrier: 'DHL', tracking_number: '00340434161094015902', status: 'delivered' },
  { order_id: 'SO-10414', carrier: 'FedEx', tracking_number: '794644790138', status: 'label_created' },
];

const detail = 'Access token is missing, invalid or expired';

/**
 * The protected resource: 200 with orders, else 401 with "expired" in `detail`, as docs/auth-api.md has it.
 *
 * A suspended account's token is 403, not 401: a 401 would ask the client to renew the token and try again
 * (RFC 6750 §3.1), which is what it was suspended for.
 */
export function orderListRoute(accounts: Accounts, sessions: Sessions): Route {
  return {
    method: 'GET',
    path: orderListPath,
    answer: async ({ headers: { authorization } }) => {
      const token = readBearer(authorization ?? '');
      const username = token === undefined ? undefined : await sessions.usernameOf(token);
      if (username === undefined) throw new Refusal(unauthorized(authorization !== undefined));
      if (accounts.isSuspended(username)) throw new Refusal(accountSuspended);
      return jsonAnswer(200, { status: true, count: orders.length, data: orders });
    },
  };
}

/** Someone who sent no credentials is told no error code (RFC 6750 §3.1). */
function unauthorized(credentialsSent: boolean): Answer {
  const challenge = 'Bearer realm="orders"' + (credentialsSent ? ', error="invalid_token"' : '');
  return jsonAnswer(401, { detail }, { 'www-authenticate': challenge });
}
