import { createServer } from 'node:net';
import { errorCode } from '../unwritable-reason.ts';

/** `free`: a program of this user can listen there. `not_allowed`: the system keeps the port from this user. */
export type PortTrial = 'free' | 'in_use' | 'not_allowed';

/**
 * Listens on 127.0.0.1 for a moment, exactly as the endpoint does. Only this shows a port that another program uses for
 * an outgoing connection: nothing listens there, and a connection to it is refused.
 */
export function tryPort(port: number): Promise<PortTrial> {
  const { promise, resolve, reject } = Promise.withResolvers<PortTrial>();
  const server = createServer();
  server.once('error', (error) => {
    const code = errorCode(error);
    if (code === 'EADDRINUSE') resolve('in_use');
    // A port below 1024 on Linux, or one of a range that Windows keeps for itself.
    else if (code === 'EACCES') resolve('not_allowed');
    else reject(error);
  });
  server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve('free')));
  return promise;
}
