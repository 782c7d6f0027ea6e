import { hostSettings } from '../control/settings.ts';
import { CdpConnection } from './cdp-connection.ts';

let link: Promise<CdpConnection> | null = null;

/** The browser whose pages are the app's windows. Without the fixture's, one of the stand-in's own. */
export function browserLink(): Promise<CdpConnection> {
  link ??= connect().then(async (connection) => {
    // Titles, and windows that a page opened by itself, are heard of by this alone.
    await connection.browser.send('Target.setDiscoverTargets', { discover: true });
    return connection;
  });
  return link;
}

async function connect(): Promise<CdpConnection> {
  if (hostSettings.browserUrl !== undefined) return CdpConnection.open(hostSettings.browserUrl);
  const { ChromiumProcess } = await import('./chromium-process.ts');
  const chromium = await ChromiumProcess.start();
  process.once('exit', () => chromium.abandon());
  return CdpConnection.open(chromium.url);
}
