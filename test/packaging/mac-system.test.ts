import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { load } from 'js-yaml';
import plist from 'plist';
import { describe, expect, it } from 'vitest';
import { configuration } from '../../packaging/configuration.ts';
import {
  firstDarwin,
  firstMacOs,
  limitTransport,
  nameFirstSystem,
  localNetworkReason,
} from '../../packaging/mac-system.ts';
import { looksForCertificate } from '../../packaging/signing.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const root = join(import.meta.dirname, '../..');
const requireHere = createRequire(import.meta.url);

interface CodeSign {
  readonly isSignAllowed: () => boolean;
  readonly findIdentity: (type: string, qualifier: string | undefined, keychain: null) => Promise<unknown>;
}

/** Whether electron-builder's own code would look for a certificate, asked as on macOS. */
async function builderLooks(env: Readonly<Record<string, string>>): Promise<boolean> {
  const builder = requireHere.resolve('electron-builder');
  const { findIdentity, isSignAllowed } = createRequire(builder)(
    'app-builder-lib/out/codeSign/macCodeSign',
  ) as CodeSign;
  const before = { env: process.env, platform: process.platform };
  process.env = { ...env };
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  try {
    if (!isSignAllowed()) return false;
    // It answers null at once, or asks /usr/bin/security, which is on macOS alone.
    return await findIdentity('Developer ID Application', undefined, null).then(
      (identity) => identity !== null,
      () => true,
    );
  } finally {
    process.env = before.env;
    Object.defineProperty(process, 'platform', { value: before.platform });
  }
}

describe('a build for macOS', () => {
  const named = { CSC_NAME: 'Token Tray (ABCDE12345)', CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
  it.skipIf(existsSync('/usr/bin/security')).each([
    [{}, true],
    [{ CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, false],
    [{ CSC_IDENTITY_AUTO_DISCOVERY: 'false', CSC_LINK: 'cert.p12' }, false],
    [{ CSC_IDENTITY_AUTO_DISCOVERY: 'true', CSC_LINK: 'cert.p12' }, true],
    [named, true],
    [{ CSC_NAME: ' ', CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, false],
    [{ GITHUB_BASE_REF: 'main' }, false],
    [{ ...named, GITHUB_BASE_REF: 'main', CSC_FOR_PULL_REQUEST: '1' }, true],
    [{ GITHUB_BASE_REF: '' }, true],
  ] as [Record<string, string>, boolean][])(
    'M8 is signed by electron-builder’s own rule: %j is %s',
    async (env, signed) => {
      expect(await builderLooks(env)).toBe(signed);
      expect(looksForCertificate(env)).toBe(signed);
      const { mac } = configuration(env);
      expect([mac?.hardenedRuntime, mac?.identity]).toEqual([signed, signed ? undefined : '-']);
    },
  );

  it('M4 says why it reaches other computers in the local network', () => {
    const info = configuration({}).mac?.extendInfo as Record<string, unknown>;
    expect(info['NSLocalNetworkUsageDescription']).toBe(localNetworkReason);
  });

  it('M9 allows plain HTTP to this computer and the local network alone, for what Squirrel.Mac fetches', async () => {
    const app = join(await temporaryHome(), 'Token Tray.app');
    mkdirSync(join(app, 'Contents'), { recursive: true });
    const file = join(app, 'Contents/Info.plist');
    const before = { CFBundleName: 'Token Tray', NSAppTransportSecurity: { NSAllowsArbitraryLoads: true } };
    writeFileSync(file, plist.build(before));
    await limitTransport(app);
    expect(plist.parse(readFileSync(file, 'utf8'))).toEqual({
      CFBundleName: 'Token Tray',
      NSAppTransportSecurity: {
        NSAllowsArbitraryLoads: false,
        NSAllowsLocalNetworking: true,
        NSExceptionDomains: { '127.0.0.1': { NSExceptionAllowsInsecureHTTPLoads: true } },
      },
    });
    // The address is electron-updater's.
    const updater = join(root, 'node_modules/electron-updater/out/MacUpdater.js');
    expect(readFileSync(updater, 'utf8')).toContain('http://127.0.0.1:');
  });

  it('M9 names the first macOS in the app and in the list of the newest version', async () => {
    expect(configuration({}).mac?.minimumSystemVersion).toBe(firstMacOs);
    // macOS 13 has Darwin 22; the numbers part with macOS 26.
    expect(Number.parseInt(firstDarwin, 10)).toBe(Number.parseInt(firstMacOs, 10) + 9);
    const feed = join(await temporaryHome(), 'latest-mac.yml');
    writeFileSync(feed, "version: 1.3.0\nfiles:\n  - url: a.zip\n    sha512: x\nreleaseDate: '2026-12-01'\n");
    await nameFirstSystem(feed);
    expect(load(readFileSync(feed, 'utf8'))).toEqual({
      version: '1.3.0',
      files: [{ url: 'a.zip', sha512: 'x' }],
      releaseDate: '2026-12-01',
      minimumSystemVersion: firstDarwin,
    });
  });
});
