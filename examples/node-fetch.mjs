// The current token for Node's own fetch.
const { TOKEN_TRAY_URL, TOKEN_TRAY_KEY, API_URL } = process.env;

/** Ask each time: Token Tray answers at once, and renews the token when it has to. */
async function accessToken() {
  const answer = await fetch(`${TOKEN_TRAY_URL}/v1/token`, {
    headers: { authorization: `Bearer ${TOKEN_TRAY_KEY}` },
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body.access_token;
}

const orders = await fetch(API_URL, { headers: { authorization: `Bearer ${await accessToken()}` } });
console.log(orders.status);
