import { Secret } from '../core/secret.ts';
import type { EndpointKey } from './key.ts';

/** A token request (RFC 6749 §4.4.2): which grant, and who asks. `client` null: nobody named themselves. */
export interface OauthRequest {
  readonly grantType: string | null;
  readonly client: OauthClient | null;
}

export interface OauthClient {
  readonly name: string;
  readonly key: EndpointKey;
}

/** What is wrong with a request before anybody is looked up; a sentence for whoever set the client up. */
export interface OauthFault {
  readonly fault: string;
}

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

// The parameters of a token request (RFC 6749 §2.3.1, §4.4.2).
const parameters = ['grant_type', 'scope', 'client_id', 'client_secret'];

/**
 * Reads a token request: a form (RFC 6749, Appendix B) from a client that shows name and key in one way alone, by Basic
 * or in the form (§2.3). By §3.2 a parameter without a value counts as absent, each may stand there once, and others are
 * ignored, however often they stand there (such as `resource`, RFC 8707 §2).
 */
export function readOauthRequest(
  { contentType, authorization }: { readonly contentType: string; readonly authorization: string },
  body: string,
): OauthRequest | OauthFault {
  if (!formType.test(contentType))
    return { fault: 'Send the parameters as application/x-www-form-urlencoded.' };
  const form = new URLSearchParams([...new URLSearchParams(body)].filter(([, value]) => value !== ''));
  if (parameters.some((name) => form.getAll(name).length > 1))
    return { fault: 'A parameter stands there twice. Send each once.' };
  const client = clientOf(authorization, form);
  return client !== null && 'fault' in client ? client : { grantType: form.get('grant_type'), client };
}

function clientOf(authorization: string, form: URLSearchParams): OauthClient | OauthFault | null {
  const [id, secret] = [form.get('client_id'), form.get('client_secret')];
  if (!authorization) {
    return id === null || secret === null ? null : { name: id, key: new Secret(secret) };
  }
  const basic = basicClient(authorization);
  // Some libraries name the client in the form too; two ways to show a key are refused (§2.3).
  if (secret !== null || (id !== null && basic !== null && id !== basic.name)) {
    return { fault: 'Send the key in one way: by the Authorization header, or in the form.' };
  }
  return basic;
}

/** Name and key of a Basic header (RFC 7617), each encoded as in a form first (RFC 6749 §2.3.1); null: it is none. */
function basicClient(authorization: string): OauthClient | null {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const [name, secret] = [formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1))];
  return name === null || secret === null ? null : { name, key: new Secret(secret) };
}

function formDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
