import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { ServiceFinding } from '../../contract/doctor-findings.ts';
import type { Clock } from '../../core/clock.ts';
import { TimeLimitError, unsentReason } from '../connection-failure.ts';
import { parseHttpDate } from '../http-date.ts';
import type { Connection } from '../open-connection.ts';
import { proxyHost } from '../proxy-choice.ts';
import { parseServiceAddress } from '../service-address.ts';
import { wayTo, type WayOptions } from '../service-way.ts';

export interface ServiceLookOptions extends WayOptions {
  readonly clock: Pick<Clock, 'wallNow' | 'schedule'>;
  readonly limitMs: number;
}

/** Tools that compare a token's times with the clock begin to go wrong at about this, in seconds. */
const mostSkew = 60;

/**
 * Asks a service's base URL for its head, on the way that sign-ins take: by the same proxy, with the same
 * certificates. Neither login nor refresh is asked, and no secret is sent.
 */
export async function lookAtService(
  service: string,
  options: ServiceLookOptions,
): Promise<readonly ServiceFinding[]> {
  const address = parseServiceAddress(service);
  if (!address.ok) {
    const insecure = address.failure.code === 'insecure_service';
    const code = insecure ? 'service_address_insecure' : 'service_address_bad';
    return [{ code, address: address.failure.address }];
  }
  const url = new URL(address.value);
  const { host } = url;
  const { way, open } = wayTo(url, options);
  const proxy = () => (way.proxy === null ? null : proxyHost(way.proxy));
  const over = new AbortController();
  const cancelLimit = options.clock.schedule(options.limitMs, () => over.abort(new TimeLimitError()));
  try {
    const connection = await open(over.signal);
    const askedAt = options.clock.wallNow();
    const { statusCode = 0, headers } = await headOf(url, connection, over.signal);
    const answeredAt = options.clock.wallNow();
    const { date: told } = headers;
    const date = told === undefined ? null : parseHttpDate(told);
    return [
      statusCode >= 500
        ? { code: 'service_in_trouble', host, status: statusCode }
        : { code: 'service_reached', host, proxy: proxy() },
      clockFinding(host, date, (askedAt + answeredAt) / 2),
    ];
  } catch (error) {
    const reason = unsentReason(over.signal.aborted ? over.signal.reason : error, way.proxy !== null);
    return [{ code: 'service_unreachable', host, proxy: proxy(), reason }];
  } finally {
    cancelLimit();
    over.abort();
  }
}

/** The head of a HEAD request's answer. The connection is closed then, and at the latest when the signal aborts. */
async function headOf(url: URL, { socket }: Connection, signal: AbortSignal): Promise<IncomingMessage> {
  const asked = request({
    createConnection: () => socket,
    method: 'HEAD',
    path: url.pathname,
    headers: { host: url.host, 'user-agent': 'token-tray', 'cache-control': 'no-cache', connection: 'close' },
    signal,
  });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  asked.on('error', () => undefined);
  answer.resume();
  return answer;
}

function clockFinding(host: string, date: number | null, now: number): ServiceFinding {
  if (date === null) return { code: 'clock_unknown', host };
  const seconds = Math.round((now - date) / 1000);
  return Math.abs(seconds) < mostSkew ? { code: 'clock_good', host } : { code: 'clock_wrong', host, seconds };
}
