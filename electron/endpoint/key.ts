import { hash, randomBytes } from 'node:crypto';
import { Secret } from '../core/secret.ts';

export type EndpointKey = Secret<'endpoint key'>;

/** A new key: 256 random bits as base64url (RFC 4648 §5), 43 characters. */
export function newKey(): EndpointKey {
  return new Secret(randomBytes(32).toString('base64url'));
}

/** A new key of a tool: the same, after a mark by which scanners for leaked secrets know it. */
export function newToolKey(): EndpointKey {
  return new Secret(`tt_${randomBytes(32).toString('base64url')}`);
}

/** The SHA-256 of a key in base64url: all that is kept of it. */
export function digestOf(key: EndpointKey): string {
  return hash('sha256', key.reveal(), 'base64url');
}
