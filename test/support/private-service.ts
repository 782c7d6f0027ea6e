import { connect, type AddressInfo, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { makeAuthority, makeIdentity, type TestAuthority } from './test-certificate.ts';

/** The name by which a service is asked for that no DNS knows: a proxy, or a hosts file, leads to it. */
export const privateHost = 'auth.example.com';

/** The built-in auth service in TLS, with a certificate of an authority that a program has to be told of. */
export interface PrivateService extends AsyncDisposable {
  readonly service: AuthService;
  readonly port: number;
  readonly authority: TestAuthority;
  /** What a program needs to trust the authority; writes the certificate into `folder`. */
  readonly trust: (folder: string) => Readonly<Record<string, string>>;
}

/** `options`: of the TLS server. */
export async function startPrivateService(
  { address = '127.0.0.1', port = 0 } = {},
  options: TlsOptions = {},
): Promise<PrivateService> {
  const service = await startAuthService();
  const authority = makeAuthority();
  const { key, certificate } = makeIdentity(authority, [privateHost, 'localhost', '127.0.0.1']);
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert: certificate, ...options }, (socket) => {
    const plain = connect(service.port, '127.0.0.1');
    for (const each of [socket, plain]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        sockets.delete(each);
        socket.destroy();
        plain.destroy();
      });
    }
    plain.pipe(socket).pipe(plain);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return {
    service,
    port: (server.address() as AddressInfo).port,
    authority,
    trust: (folder) => {
      const file = join(folder, 'authority.pem');
      writeFileSync(file, authority.certificate);
      // Where OpenSSL looks for the system's authorities.
      return { SSL_CERT_FILE: file };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
    },
  };
}
