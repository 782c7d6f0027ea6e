// Token Tray as an OAuth 2.0 server, for openid-client (https://github.com/panva/openid-client).
import * as client from 'openid-client';

const { TOKEN_TRAY_URL, TOKEN_TRAY_NAME, TOKEN_TRAY_KEY, API_URL } = process.env;

const tray = await client.discovery(new URL(TOKEN_TRAY_URL), TOKEN_TRAY_NAME, TOKEN_TRAY_KEY, undefined, {
  algorithm: 'oauth2',
  // For http addresses, which are safe on this computer alone.
  execute: [client.allowInsecureRequests],
});
const { access_token: token } = await client.clientCredentialsGrant(tray);

const orders = await fetch(API_URL, { headers: { authorization: `Bearer ${token}` } });
console.log(orders.status);
