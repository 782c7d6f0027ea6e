import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import plist from 'plist';
import { z } from 'zod';

/** The first macOS that Electron 44 and later run on; macOS itself reads it in Info.plist. */
export const firstMacOs = '13.0';

/** The same by the number of its kernel, which electron-updater compares with `os.release()`. */
export const firstDarwin = '22.0.0';

/** Which macOS shows when it asks whether the app may reach other computers in the local network (macOS 15). */
export const localNetworkReason =
  'Token Tray reaches the services that you sign in to, also those in your own network.';

/**
 * App Transport Security, for what Squirrel.Mac fetches: electron-updater hands it the new version by plain HTTP on
 * 127.0.0.1. electron-builder allows plain HTTP to every host (`configureLocalhostAts` in its electronMac.ts), and no
 * option of its own takes that back.
 */
const transportSecurity = {
  NSAllowsArbitraryLoads: false,
  NSAllowsLocalNetworking: true,
  NSExceptionDomains: { '127.0.0.1': { NSExceptionAllowsInsecureHTTPLoads: true } },
};

const record = z.record(z.string(), z.unknown());

/** Before the app is signed. */
export async function limitTransport(app: string): Promise<void> {
  const file = join(app, 'Contents', 'Info.plist');
  const content = plist.parse(await readFile(file, 'utf8')) as plist.PlistObject;
  await writeFile(file, plist.build({ ...content, NSAppTransportSecurity: transportSecurity }));
}

/** Names the first macOS in the list of the newest version, which electron-builder cannot be told. */
export async function nameFirstSystem(feed: string): Promise<void> {
  const content = record.parse(load(await readFile(feed, 'utf8')));
  await writeFile(feed, dump({ ...content, minimumSystemVersion: firstDarwin }, { lineWidth: -1 }));
}
