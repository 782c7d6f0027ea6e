import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that oidc-agent needs of an issuer: a discovery document, and tokens for any refresh token. */
export async function startOidcIssuer(stack: AsyncDisposableStack): Promise<string> {
  let issuer = '';
  const server = createServer((request, response) => {
    const body =
      request.url === '/.well-known/openid-configuration'
        ? discovery(issuer)
        : { access_token: 'a'.repeat(600), token_type: 'Bearer', expires_in: 2700, refresh_token: 'r' };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return issuer;
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}jwks`,
    scopes_supported: ['openid', 'offline_access'],
    grant_types_supported: ['refresh_token', 'authorization_code'],
    response_types_supported: ['code'],
  };
}
