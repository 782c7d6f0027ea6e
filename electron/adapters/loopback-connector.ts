import { checkServerIdentity } from 'node:tls';
import { buildConnector } from 'undici';

/**
 * undici's connector for 127.0.0.1, which is also what `localhost` is kept as. A server that was told to listen on
 * `localhost` may have only [::1]: it is tried where 127.0.0.1 refuses. A certificate may name any of the three.
 */
function loopbackConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector({
    ...options,
    checkServerIdentity: (_host, certificate) => {
      const errors = ['127.0.0.1', 'localhost', '::1'].map((name) => checkServerIdentity(name, certificate));
      return errors.includes(undefined) ? undefined : errors[0];
    },
  });
  return (target, callback) => {
    connect(target, (...first) => {
      const [error] = first;
      if (!error || !('code' in error) || error.code !== 'ECONNREFUSED') {
        callback(...first);
        return;
      }
      // Where [::1] does not answer either, the first refusal says more: there may be no IPv6 at all.
      connect({ ...target, hostname: '::1' }, (...second) => callback(...(second[0] ? first : second)));
    });
  };
}

/** undici's `connect` option for a connection without a proxy. */
export function directConnection(
  origin: string,
  options: buildConnector.BuildOptions,
): buildConnector.BuildOptions | buildConnector.connector {
  return new URL(origin).hostname === '127.0.0.1' ? loopbackConnector(options) : options;
}
