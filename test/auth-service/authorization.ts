import { Refusal, failure } from './answers.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Reads `Authorization: Basic …` (RFC 7617 §2), in UTF-8: the first colon ends the username.
 *
 * @throws Refusal 400 for another scheme, base64 that is not canonical, other bytes than UTF-8, control characters,
 *   an empty username or password
 */
export function readBasic(authorization: string): Credentials {
  const [, encoded = ''] = /^Basic +([^ ]+)$/i.exec(authorization) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const userPass = bytes.toString('base64') === encoded ? decodeUtf8(bytes) : '';
  const [, username, password] = /^([^:\p{Cc}]+):(\P{Cc}+)$/u.exec(userPass) ?? [];
  if (username === undefined || password === undefined) {
    throw new Refusal(failure(400, 'Authorization must be Basic with base64 of username:password in UTF-8'));
  }
  return { username, password };
}

/** @returns the token of `Authorization: Bearer …` (RFC 6750 §2.1), or undefined if there is none */
export function readBearer(authorization: string): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}
