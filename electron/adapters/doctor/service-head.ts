import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as startTls } from 'node:tls';
import type { Clock } from '../../core/clock.ts';
import { ClosedError } from '../connection-failure.ts';
import { parseHttpDate } from '../http-date.ts';
import { openConnection } from '../open-connection.ts';

interface ServiceHead {
  readonly status: number;
  /** How far this computer's clock is ahead of the answer's `Date` (RFC 9110 §6.6.1); null: it has none. */
  readonly skewMs: number | null;
}

/** Asks for the head of a URL on a connection, which is closed then, and at the latest when the signal aborts. */
export async function headOf(
  url: URL,
  socket: Socket,
  clock: Pick<Clock, 'wallNow'>,
  signal: AbortSignal,
): Promise<ServiceHead> {
  const askedAt = clock.wallNow();
  const asked = request({
    createConnection: () => socket,
    method: 'HEAD',
    path: url.pathname,
    headers: { host: url.host, 'user-agent': 'token-tray', 'cache-control': 'no-cache', connection: 'close' },
    signal,
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asked
      .on('response', resolve)
      .on('error', reject)
      // Only this event follows an answer that changes the protocol.
      .on('close', () => reject(new ClosedError()))
      .end();
  });
  answer.resume();
  const { date } = answer.headers;
  const told = date === undefined ? null : parseHttpDate(date);
  const skewMs = told === null ? null : (askedAt + clock.wallNow()) / 2 - told;
  return { status: answer.statusCode ?? 0, skewMs };
}

/**
 * The skew by a server whose certificate was refused. Nothing but a HEAD is sent, and nothing but the `Date` is used: a
 * false one misleads the person who looks for the fault, and opens nothing.
 */
export async function uncheckedSkew(
  url: URL,
  proxy: string | null,
  clock: Pick<Clock, 'wallNow'>,
  signal: AbortSignal,
): Promise<number | null> {
  const port = url.port === '' ? '443' : url.port;
  const { socket } = await openConnection(new URL(`http://${url.hostname}:${port}`), proxy, signal);
  const servername = isIP(url.hostname) === 0 && !url.hostname.startsWith('[') ? url.hostname : undefined;
  const unchecked = startTls({
    socket,
    ...(servername !== undefined && { servername }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
  });
  // It may fail after we have given it up.
  unchecked.on('error', () => undefined);
  try {
    await once(unchecked, 'secureConnect', { signal });
    return (await headOf(url, unchecked, clock, signal)).skewMs;
  } finally {
    unchecked.destroy();
  }
}
