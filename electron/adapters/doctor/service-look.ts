import type { ServiceFinding } from '../../contract/doctor-findings.ts';
import type { ConnectionReason } from '../../contract/failures.ts';
import type { Clock } from '../../core/clock.ts';
import { TimeLimitError, unsentReason } from '../connection-failure.ts';
import { proxyHost } from '../proxy-choice.ts';
import { parseServiceAddress } from '../service-address.ts';
import { wayTo, type WayOptions } from '../service-way.ts';
import { headOf, uncheckedSkew } from './service-head.ts';

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
    const { socket } = await open(over.signal);
    const { status, skewMs } = await headOf(url, socket, options.clock, over.signal);
    return [
      status >= 500
        ? { code: 'service_in_trouble', host, status }
        : { code: 'service_reached', host, proxy: proxy() },
      clockFinding(host, skewMs),
    ];
  } catch (error) {
    const reason = unsentReason(over.signal.aborted ? over.signal.reason : error, way.proxy !== null);
    const unreachable: ServiceFinding = {
      code: 'service_unreachable',
      host,
      // Of an address that is not valid, nothing can be shown.
      proxy: reason === 'proxy_address' ? null : proxy(),
      reason,
    };
    if (!isCertificateReason(reason)) return [unreachable];
    // First, because certificates can only be judged by a clock that is right.
    const skewMs = await uncheckedSkew(url, way.proxy, options.clock, over.signal).catch(() => null);
    return [clockFinding(host, skewMs), unreachable];
  } finally {
    cancelLimit();
    over.abort();
  }
}

function isCertificateReason(reason: ConnectionReason): boolean {
  return ['certificate', 'certificate_expired', 'certificate_not_yet_valid'].includes(reason);
}

function clockFinding(host: string, skewMs: number | null): ServiceFinding {
  if (skewMs === null) return { code: 'clock_unknown', host };
  const seconds = Math.round(skewMs / 1000);
  return Math.abs(seconds) < mostSkew ? { code: 'clock_good', host } : { code: 'clock_wrong', host, seconds };
}
