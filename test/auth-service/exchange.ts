import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, failure, send } from './answers.ts';
import type { Answer } from './answers.ts';
import { replacementOf } from './faults.ts';
import type { Fault, Faults } from './faults.ts';
import type { Figures } from './figures.ts';
import { receiveBody } from './received-request.ts';
import type { ReceivedRequest } from './received-request.ts';
import { loginPath, refreshPath } from './routes.ts';
import type { Route } from './routes.ts';
import type { AuthServiceSettings } from './settings.ts';

/** One request and its answer at a time: received, held up or refused by a fault, processed, answered or cut off. */
export class Exchange {
  readonly #settings: AuthServiceSettings;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #faults: Faults;
  readonly #figures: Figures;
  readonly #stop: AbortSignal;

  /** @param stop aborts once the service closes; whatever waits then is given up */
  constructor(
    settings: AuthServiceSettings,
    routes: readonly Route[],
    faults: Faults,
    figures: Figures,
    stop: AbortSignal,
  ) {
    this.#settings = settings;
    this.#routes = new Map(routes.map((route) => [route.path, route]));
    this.#faults = faults;
    this.#figures = figures;
    this.#stop = stop;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const [path = ''] = url.split('?', 1);
    // Both at once on receipt, so that requests meet faults in the order they came.
    this.#figures.countReceived(path);
    const fault = this.#faults.take(path);
    const work = async () => {
      const body = await receiveBody(incoming);
      if (body !== undefined) await this.#answer({ method, path, headers, body }, fault, response);
    };
    const generatesTokens = method === 'POST' && (path === loginPath || path === refreshPath);
    await (generatesTokens ? this.#figures.inProgress(work) : work());
  }

  /** Goes to the end even where the client has gone away meanwhile, as a server does that does not look. */
  async #answer(request: ReceivedRequest, fault: Fault | undefined, response: ServerResponse): Promise<void> {
    if (fault?.delayMs !== undefined) await this.#settings.wait(fault.delayMs, this.#stop);
    const answer = (fault && replacementOf(fault)) ?? (await this.#process(request));
    if (fault?.dropAfterProcessing) {
      response.destroy();
      return;
    }
    const date = new Date(this.#settings.now()).toUTCString();
    send(response, answer, { date, ...fault?.headers });
  }

  async #process(request: ReceivedRequest): Promise<Answer> {
    const route = this.#routes.get(request.path);
    if (!route) return failure(404, 'Not found');
    if (route.method !== request.method) return failure(405, 'Method not allowed', { allow: route.method });
    try {
      return await route.answer(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }
}
