import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { TlsIdentity } from './raw-server.ts';

// Just enough of DER (X.690) for a certificate (RFC 5280 §4.1), so that no key is kept in the repository and
// nothing has to be installed.
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const lengthBytes =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
};
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value, 'ascii'));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const nameOf = (commonName: string) =>
  sequence(der(0x31, sequence(objectId('550403'), text(0x0c, commonName))));

/** From when to when a certificate is valid, in days from now. */
interface Validity {
  readonly fromDay: number;
  readonly toDay: number;
}

const today: Validity = { fromDay: -1, toDay: 1 };
export const expired: Validity = { fromDay: -3, toDay: -2 };
export const notYetValid: Validity = { fromDay: 2, toDay: 3 };

/** A made-up authority, to sign the certificates of a test. */
export interface TestAuthority {
  readonly certificate: string;
  readonly name: Buffer;
  readonly key: KeyObject;
}

/** An authority of its own that nobody trusts until a test says so. */
export function makeAuthority(commonName = 'Token Tray test authority'): TestAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = nameOf(commonName);
  const isAuthority = sequence(objectId('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff])))));
  return {
    certificate: certify(publicKey, name, isAuthority, { name, key: privateKey }),
    name,
    key: privateKey,
  };
}

/** A key and a certificate for DNS names and IPv4 addresses, made for one test run; valid today unless told. */
export function makeIdentity(
  authority: TestAuthority,
  hosts: readonly string[],
  validity: Validity = today,
): TlsIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const alternatives = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : text(0x82, host),
  );
  const hostNames = sequence(objectId('551d11'), der(0x04, sequence(...alternatives)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certify(publicKey, nameOf('Token Tray test'), hostNames, authority, validity),
  };
}

function certify(
  publicKey: KeyObject,
  subject: Buffer,
  extension: Buffer,
  issuer: Pick<TestAuthority, 'name' | 'key'>,
  { fromDay, toDay }: Validity = today,
): string {
  const dayMs = 86_400_000;
  const at = (epochMs: number) => text(0x17, new Date(epochMs).toISOString().replace(/^20|[-:T]|\.\d+/g, ''));
  const contents = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    issuer.name,
    sequence(at(Date.now() + fromDay * dayMs), at(Date.now() + toDay * dayMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', contents, issuer.key));
  const base64 = sequence(contents, ecdsaWithSha256, signature).toString('base64');
  const lines = base64.replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
