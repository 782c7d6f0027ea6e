import autocannon from 'autocannon';
import type { MeasuredProcess } from './measured-process.ts';

/** What is asked, and where. */
export interface Target {
  readonly url: string;
  readonly socketPath?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Instead of `url`'s path and `headers`: requests that are sent in turn. */
  readonly requests?: readonly {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  }[];
}

const connections = 10;

/** After so many the endpoint closes a connection, and autocannon would count that as the end. */
const requestsPerConnection = 1_000;

/** Sends `amount` requests over 10 connections at a time, which are kept open. Answers the requests per second. */
export async function load(target: Target, amount: number): Promise<number> {
  let seconds = 0;
  for (let left = amount; left > 0; left -= connections * requestsPerConnection)
    seconds += await burst(target, Math.min(left, connections * requestsPerConnection));
  return amount / seconds;
}

/** A busy computer may hold a connection up until the endpoint gives up on it; more than that is a fault. */
const leastGood = 0.999;

/** Answers the seconds that it took. Fails unless the requests were answered with a token. */
async function burst({ url, socketPath, headers, requests }: Target, amount: number): Promise<number> {
  const result = await autocannon({
    url,
    headers,
    amount,
    connections,
    // Its end is noticed at a sample, in milliseconds.
    sampleInt: 20,
    ...(socketPath !== undefined && { socketPath }),
    ...(requests !== undefined && { requests: requests.map((request) => ({ ...request })) }),
  });
  const good = result['2xx'];
  if (good < amount * leastGood)
    throw new Error(`${url}: ${good} of ${amount} requests were answered, ${result.errors} errors.`);
  return result.duration;
}

/** What a burst of requests cost. */
export interface LoadReading {
  /** Processor time of the server's process for a request. */
  readonly cpuMicros: number;
  readonly perSecond: number;
}

/** The same; answers what it cost the server's process. */
export async function measuredLoad(
  server: MeasuredProcess,
  target: Target,
  amount: number,
): Promise<LoadReading> {
  const before = await server.usage();
  const perSecond = await load(target, amount);
  return { cpuMicros: ((await server.usage()).cpuMicros - before.cpuMicros) / amount, perSecond };
}

/** The same; answers the processor time of the server's process for a request. */
export async function microsecondsPerRequest(
  server: MeasuredProcess,
  target: Target,
  amount: number,
): Promise<number> {
  return (await measuredLoad(server, target, amount)).cpuMicros;
}
