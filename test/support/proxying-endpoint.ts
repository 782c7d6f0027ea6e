import type { Tool } from '../../electron/core/ports.ts';
import { digestOf, newToolKey } from '../../electron/endpoint/key.ts';
import { anna, signedInReport } from './scripted-engine.ts';
import { TestEndpoint } from './test-endpoint.ts';

/** An endpoint whose account is signed in to the API at `service`. */
export async function proxyingEndpoint(service: string): Promise<TestEndpoint> {
  const endpoint = await TestEndpoint.start();
  endpoint.engine.sessionReport = { ...signedInReport, identity: { service, username: anna } };
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
