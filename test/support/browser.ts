import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';

/** Chromium without a user interface (Debian's `chromium-headless-shell`) starts in half the time of the whole browser. */
const ofTheSystem = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The Chromium that the tests use: the system's, else the one that Playwright has fetched; null: there is none. */
export function browserExecutable(): string | null {
  return [...ofTheSystem, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** How that Chromium is started: headless, and asking nothing of the network by itself. */
export function browserOptions(executablePath: string, ...args: readonly string[]): LaunchOptions {
  const quiet = [
    '--disable-background-networking',
    '--no-first-run',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-gpu',
    // One process less to start.
    '--in-process-gpu',
  ];
  // Chromium's sandbox does not start for root; for everyone else it stays.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, headless: true, args: [...quiet, ...asRoot, ...args] };
}
