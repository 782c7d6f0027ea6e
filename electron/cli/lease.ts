import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { LeaseAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, reachEndpoint, whyUnreachable, withAccount, type EndpointAccess } from './connection.ts';
import { fail, failWith } from './output.ts';

/** A key that lives as long as our connection, or the exit code after the reason has been told. */
export type Borrowed =
  | { readonly ok: false; readonly exitCode: number }
  | {
      readonly ok: true;
      readonly url: string;
      readonly key: string;
      /** Settles if the other side ends it. */
      readonly lost: Promise<void>;
      readonly giveBack: () => void;
    };

/** Asks for a key by `POST /v1/lease` and holds the answer open. */
export async function borrowKey(options: CallOptions): Promise<Borrowed> {
  const home = homeOf(options);
  const unreachable = async (): Promise<Borrowed> => {
    return { ok: false, exitCode: fail(await whyUnreachable(home)) };
  };
  const endpoint = await reachEndpoint(home);
  if (!endpoint.ok) return { ok: false, exitCode: fail(endpoint.failure) };
  const answer = await post(endpoint.value, withAccount('/v1/lease', options));
  if (answer === null) return unreachable();
  if (answer.statusCode !== 200) {
    const problem = { status: answer.statusCode ?? 0, retryAfter: null, body: await text(answer) };
    return { ok: false, exitCode: failWith(problem) };
  }
  const line = await firstLine(answer);
  if (line === null) return unreachable();
  return { ok: true, url: endpoint.value.url, ...hold(answer), key: (JSON.parse(line) as LeaseAnswer).key };
}

/** Null: nobody answered. */
function post({ target, key }: EndpointAccess, path: string): Promise<IncomingMessage | null> {
  const where: RequestOptions = 'path' in target ? { socketPath: target.path } : target;
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${key}` };
    request({ ...where, path, method: 'POST', headers, agent: false })
      .on('response', resolve)
      .on('error', () => resolve(null))
      .end();
  });
}

/** Null: the answer ended before. */
function firstLine(answer: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    createInterface(answer).once('line', resolve);
    answer.once('close', () => resolve(null));
  });
}

function hold(answer: IncomingMessage) {
  let given = false;
  const lost = new Promise<void>((resolve) => {
    answer.once('close', () => {
      if (!given) resolve();
    });
  });
  // Cut off by an agent that was killed; 'close' follows.
  answer.on('error', () => undefined);
  const giveBack = () => {
    given = true;
    answer.destroy();
  };
  return { lost, giveBack };
}
