import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../core/ports.ts';
import type { Answer, Written } from './answer.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import { admit, type Admission, type HostRule } from './gate.ts';
import type { KeyRing } from './key-ring.ts';
import { problemAnswer } from './problem.ts';
import type { RefusalLog } from './refusal-log.ts';
import { discardBody } from './request-body.ts';
import type { Route } from './route.ts';
import type { RouteTable } from './route-table.ts';

/** What every request is handled with, on either transport. */
export interface Handling {
  readonly routes: RouteTable;
  readonly keys: KeyRing;
  readonly refusals: RefusalLog;
  readonly log: Log;
}

/** What differs between TCP and the Unix socket. */
export interface Transport {
  readonly mayName: HostRule;
  readonly places: ConnectionPlaces;
}

type Admitted = Extract<Admission, { kind: 'admitted' }>;

/** From a request to its one answer: gate, route, answer. Never throws and never rejects, whatever a route does. */
export class RequestHandler {
  readonly #handling: Handling;
  #closing = false;
  readonly #heldOpen = new Set<ServerResponse>();
  readonly #holding = new WeakSet<Socket>();

  constructor(handling: Handling) {
    this.#handling = handling;
  }

  handle(request: IncomingMessage, response: ServerResponse, { mayName, places }: Transport): void {
    if (this.#holding.has(request.socket)) {
      // Behind a response that stays open none is ever answered; and unread bytes would hide that the client is gone.
      request.socket.destroy();
      return;
    }
    const { routes, keys, refusals } = this.#handling;
    const admission = admit(request, mayName, routes, keys);
    const keyShown = () => places.keyShown(request.socket);
    if (admission.kind === 'refused' ? admission.keyShown : admission.caller.kind !== 'nobody') keyShown();
    // Connections without a key are for one request each.
    if (!places.isKeyed(request.socket)) response.shouldKeepAlive = false;
    if (admission.kind === 'refused') {
      refusals.add(admission.code);
      this.#finish(request, response, problemAnswer(admission.code, admission), admission.hasBody);
      return;
    }
    const answer = this.#answerOf(admission, request, response, keyShown);
    if (answer instanceof Promise) {
      void answer
        .catch((error: unknown) => this.#mistake(admission.route, error))
        .then((settled) => {
          if (settled !== 'written') this.#finish(request, response, settled, admission.hasBody);
        });
    } else {
      this.#finish(request, response, answer, admission.hasBody);
    }
  }

  /** From now on each answer ends its connection, and none stays open. */
  beginClosing(): void {
    this.#closing = true;
    for (const response of this.#heldOpen) response.end();
  }

  #answerOf(
    { route, caller, query, hasBody }: Admitted,
    message: IncomingMessage,
    response: ServerResponse,
    keyShown: () => void,
  ): Answer | Promise<Answer | Written> {
    try {
      return route.answer({ caller, query, message, response, hasBody, keyShown });
    } catch (error) {
      return this.#mistake(route, error);
    }
  }

  #finish(request: IncomingMessage, response: ServerResponse, answer: Answer, hasBody: boolean): void {
    if (answer.held !== undefined) this.#hold(request, response, answer.held);
    if (!hasBody || request.complete) {
      this.#write(response, answer);
      return;
    }
    // A body that nobody wanted: what still comes of it must not be taken for the next request.
    response.shouldKeepAlive = false;
    void discardBody(request).then(() => {
      this.#write(response, answer);
      // What still comes goes unread into nothing: a connection that is not read does not show that it is closed.
      request.resume();
    });
  }

  #write(response: ServerResponse, answer: Answer): void {
    if (this.#closing) response.shouldKeepAlive = false;
    response.sendDate = false;
    response.writeHead(answer.status, answer.headers);
    if (answer.held === undefined || this.#closing) {
      response.end(answer.body);
      return;
    }
    response.write(answer.body);
    // While its body was waited for, the client may have gone.
    if (!response.req.socket.destroyed) this.#heldOpen.add(response);
  }

  /** It is over when its connection is, whether or not the response's turn had come by then. */
  #hold({ socket }: IncomingMessage, response: ServerResponse, ended: () => void): void {
    response.shouldKeepAlive = false;
    this.#holding.add(socket);
    const end = () => {
      this.#heldOpen.delete(response);
      ended();
    };
    if (socket.destroyed) end();
    else socket.once('close', end);
  }

  // A mistake of ours. Its message may quote anything, so only its kind and place are told.
  #mistake(route: Route, error: unknown): Answer {
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    const place = stack?.split('\n').find((line) => line.startsWith('    at ')) ?? null;
    this.#handling.log.warn('route_failed', { method: route.method, path: route.path, error: name, place });
    return problemAnswer('service_error', {
      detail: 'Token Tray made a mistake; its log names the place. Try again.',
    });
  }
}
