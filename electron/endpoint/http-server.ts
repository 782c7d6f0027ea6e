import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from './answer.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import { headerFieldsLimit, noUpgrade } from './gate.ts';
import { problemAnswer } from './problem.ts';
import type { RefusalLog } from './refusal-log.ts';

/** What one connection, and all of them together, may cost. Times are milliseconds, sizes bytes. */
export const serverLimits = {
  /** With one interval of looking added, a silent or slow connection is gone within 3 s. */
  headersTimeout: 1_500,
  connectionsCheckingInterval: 1_000,
  /** For the slowest honest upload; our own bodies have a limit of their own. */
  requestTimeout: 300_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
  maxRequestsPerSocket: 1_000,
} as const;

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server that does not listen yet: Node's parser in its strict form, with limits, and no upgrades. */
export function createLimitedServer(
  listener: RequestListener,
  places: ConnectionPlaces,
  refusals: RefusalLog,
): Server {
  const { maxRequestsPerSocket, ...limits } = serverLimits;
  const strictness = {
    insecureHTTPParser: false,
    // The gate itself refuses a missing Host, in the same words whatever the version of HTTP.
    requireHostHeader: false,
    // Spares a request without a body the life of a readable stream: about a tenth of its whole cost.
    optimizeEmptyRequests: true,
  };
  const server = createServer({ ...limits, ...strictness }, listener);
  server.on('connection', (socket) => places.add(socket));
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  // Some versions of Node answer 431 to more, some drop them without a word: then the gate still sees one too many.
  server.maxHeadersCount = headerFieldsLimit + 1;
  // Without these two, Node answers 100 Continue or 417 before the gate has looked.
  server.on('checkContinue', listener);
  server.on('checkExpectation', listener);
  // No listener for 'upgrade': then Node ignores the offer and serves a plain request (RFC 9110 §7.8).
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuseTunnel(socket));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code !== 'ECONNRESET') refusals.add('unreadable_request');
    refuseUnread(error, socket);
  });
  return server;
}

/** Answers what the parser could not read with a bare status, and closes. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else endWith(socket, bareAnswer(statusOf(error)));
}

/** Refuses CONNECT, with any key, and closes: no route is looked for. */
function refuseTunnel(socket: Duplex): void {
  // Node has let go of it, so a reset would be nobody's and end the process.
  socket.on('error', () => undefined);
  const { headers, body } = problemAnswer('bad_request', { detail: noUpgrade });
  endWith(socket, answerText('400 Bad Request', headers, body));
}

function endWith(socket: Duplex, text: string): void {
  // Beside an answer under way, or after one, this could be taken for a part of it.
  const answeredBefore = 'bytesWritten' in socket && socket.bytesWritten !== 0;
  if (answeredBefore || !socket.writable) socket.destroy();
  else socket.end(text, () => socket.destroy());
}

function statusOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return '431 Request Header Fields Too Large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return '408 Request Timeout';
    default:
      return '400 Bad Request';
  }
}

function bareAnswer(status: string): string {
  return answerText(status, [...commonHeaders, 'Connection', 'close', 'Content-Length', '0'], '');
}

/** `headers`: names and values in turn. */
function answerText(status: string, headers: readonly string[], body: string): string {
  const lines = [`HTTP/1.1 ${status}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
