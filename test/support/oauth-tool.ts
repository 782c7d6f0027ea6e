import { digestOf, newToolKey } from '../../electron/endpoint/key.ts';
import { TestEndpoint, type Answered } from './test-endpoint.ts';

export const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const grant = 'grant_type=client_credentials';

/** The endpoint with one tool, and token requests of its. */
export async function withTool({
  name = 'nightly.sync-1',
  proxyOnly = false,
  account = null as string | null,
} = {}) {
  const endpoint = await TestEndpoint.start();
  const key = newToolKey();
  await endpoint.tools.add({ name, digest: digestOf(key), endsInMs: null, proxyOnly, account });
  const ask = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
    endpoint.ask('/oauth/token', {
      method: 'POST',
      body,
      headers: { authorization: '', ...form, ...headers },
    });
  const basic = (id = name, secret = key.reveal()) => ({
    authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
  });
  const inForm = new URLSearchParams({ client_id: name, client_secret: key.reveal() }).toString();
  return {
    endpoint,
    key: key.reveal(),
    ask,
    basic,
    inForm,
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}
