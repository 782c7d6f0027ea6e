import type { Tool } from '../../electron/core/ports.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { digestOf, newToolKey } from '../../electron/endpoint/key.ts';
import type { ProxyLimits } from '../../electron/endpoint/proxied-exchange.ts';
import { heldToken } from './scripted-engine.ts';
import { TestEndpoint } from './test-endpoint.ts';

/** An endpoint whose account is signed in to the API at `service`. */
export async function proxyingEndpoint(
  service: string,
  proxyLimits: Partial<ProxyLimits> = {},
): Promise<TestEndpoint> {
  const endpoint = await TestEndpoint.start({ proxyLimits });
  const reply: TokenReply = { kind: 'token', token: { ...heldToken, service } };
  endpoint.engine.tokenReply = () => reply;
  endpoint.engine.rejectedReply = reply;
  return endpoint;
}

/** A new tool's key. */
export async function toolKey(
  { tools }: TestEndpoint,
  limits: Partial<Pick<Tool, 'proxyOnly' | 'account'>> = {},
): Promise<string> {
  const key = newToolKey();
  const tool = { name: 'sync', digest: digestOf(key), endsInMs: null, proxyOnly: false, account: null };
  await tools.add({ ...tool, ...limits });
  return key.reveal();
}
