import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { fail, failWith } from './output.ts';

/** The body of the endpoint's answer; or the exit code, after the reason has been told. */
export type Asked =
  { readonly ok: true; readonly body: string } | { readonly ok: false; readonly exitCode: number };

/** Asks the running Token Tray, and tells what went wrong if anything did. */
export async function ask(
  options: CallOptions,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<Asked> {
  const asked = await request(homeOf(options), method, path, body);
  if (!asked.ok) return { ok: false, exitCode: fail(asked.failure) };
  if (asked.value.status !== 200) return { ok: false, exitCode: failWith(asked.value) };
  return { ok: true, body: asked.value.body };
}
