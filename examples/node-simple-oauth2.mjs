// Token Tray as an OAuth 2.0 server, for simple-oauth2 (https://github.com/lelylan/simple-oauth2).
import { ClientCredentials } from 'simple-oauth2';

const { TOKEN_TRAY_URL, TOKEN_TRAY_NAME, TOKEN_TRAY_KEY, API_URL } = process.env;

const tray = new ClientCredentials({
  client: { id: TOKEN_TRAY_NAME, secret: TOKEN_TRAY_KEY },
  auth: { tokenHost: TOKEN_TRAY_URL, tokenPath: '/oauth/token' },
});
const { token } = await tray.getToken({});

const orders = await fetch(API_URL, { headers: { authorization: `Bearer ${token.access_token}` } });
console.log(orders.status);
