import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from './answer.ts';
import { headerFieldsLimit } from './gate.ts';
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
  maxConnections: 512,
  maxRequestsPerSocket: 1_000,
} as const;

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server that does not listen yet: Node's parser in its strict form, with limits, and no upgrades. */
export function createLimitedServer(listener: RequestListener, refusals: RefusalLog): Server {
  const { maxConnections, maxRequestsPerSocket, ...limits } = serverLimits;
  const strictness = {
    insecureHTTPParser: false,
    // The gate itself refuses a missing Host, in the same words whatever the version of HTTP.
    requireHostHeader: false,
    // Spares a request without a body the life of a readable stream: about a tenth of its whole cost.
    optimizeEmptyRequests: true,
  };
  const server = createServer({ ...limits, ...strictness }, listener);
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  // Some versions of Node answer 431 to more, some drop them without a word: then the gate still sees one too many.
  server.maxHeadersCount = headerFieldsLimit + 1;
  // Without these two, Node answers 100 Continue or 417 before the gate has looked.
  server.on('checkContinue', listener);
  server.on('checkExpectation', listener);
  // Without a listener Node would serve an upgrade as a plain request.
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => socket.destroy());
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => socket.destroy());
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code !== 'ECONNRESET') refusals.add('unreadable_request');
    refuseUnread(error, socket);
  });
  return server;
}

/** Answers what the parser could not read with a bare status, and closes. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Beside an answer under way, or after one, a bare status could be taken for a part of it.
  const answeredBefore = 'bytesWritten' in socket && socket.bytesWritten !== 0;
  if (answeredBefore || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  socket.end(bareAnswer(statusOf(error)), () => socket.destroy());
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
  const lines = [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0'];
  for (let at = 0; at < commonHeaders.length; at += 2)
    lines.push(`${commonHeaders[at]}: ${commonHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
