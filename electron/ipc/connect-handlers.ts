import type { TriedTool } from '../contract/connect-page.ts';
import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { oauthSettings, snippet } from '../contract/snippets.ts';
import { Secret } from '../core/secret.ts';
import type { Tools } from '../core/tools.ts';
import type { Handlers } from './handle.ts';

/** A tool's key, and its SHA-256 in base64url: all that is kept of it. */
export interface NewToolKey {
  readonly key: Secret<'endpoint key'>;
  readonly digest: string;
}

export interface ConnectDesk {
  readonly tools: Pick<Tools, 'add'>;
  readonly makeKey: () => NewToolKey;
  /** The endpoint's, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Puts a text on the clipboard as a token is put there. `false`: the system did not take it. */
  readonly copySecret: (text: Secret<'snippet'>) => Promise<boolean>;
  /** Asks the endpoint for a token, as a tool with this key would. */
  readonly tryKey: (key: Secret<'endpoint key'>) => Promise<TriedTool>;
}

type ConnectHandlers = Pick<Handlers, 'connectTool' | 'copySnippet' | 'tryTool' | 'endConnecting'>;

/**
 * The requests of “Connect a tool…”. The key of the tool that was just added is kept until the page is left, for
 * the clipboard and for a try; no window ever has it.
 */
export function connectHandlers({ tools, makeKey, url, copySecret, tryKey }: ConnectDesk): ConnectHandlers {
  let connecting: { readonly name: string; readonly key: Secret<'endpoint key'> } | null = null;
  return {
    async connectTool(name): Promise<Result<null, Failure>> {
      const { key, digest } = makeKey();
      const added = await tools.add({ name, digest, endsInMs: null, proxyOnly: false, account: null });
      if (!added.ok) return failed(added.failure);
      connecting = { name, key };
      return succeeded(null);
    },
    async copySnippet(kind) {
      if (connecting === null) return false;
      const { name, key } = connecting;
      const told = { url, key: key.reveal() };
      const text =
        kind === 'oauth' ? oauthSettings({ ...told, name }) : snippet(kind, { kind: 'key', ...told });
      return copySecret(new Secret(text));
    },
    tryTool: () => (connecting === null ? Promise.resolve({ kind: 'no_key' }) : tryKey(connecting.key)),
    endConnecting() {
      connecting = null;
      return null;
    },
  };
}
