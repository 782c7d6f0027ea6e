import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { CustomScheme } from 'electron';
import { appOrigin, appScheme } from '../contract/app-origin.ts';

/** To be registered before `ready`. No more than pages need: no way round the CSP, no workers, no fetch. */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true } },
];

/** A file of the window, by its path in the address, such as `/index.html`. */
export type Bundle = ReadonlyMap<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** What a page of ours may load and do: its own files, nothing from anywhere else, nothing inline. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  // Else `script-src` would let a script of our own be one.
  "worker-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Reads a built window once. Files of a kind that no window has are left out. */
export async function readBundle(folder: string): Promise<Bundle> {
  const bundle = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    bundle.set(name, { bytes: new Uint8Array(await readFile(path)), type });
  }
  return bundle;
}

/** What is asked of the handler: Electron's request says in `initiatorOrigin` which page asks, if one does. */
export type AppRequest = Pick<Request, 'url' | 'method'> & { readonly initiatorOrigin?: string };

/**
 * Answers a request to our scheme out of the bundle alone: no path leads to the disk. All else is 404, whoever asks
 * and for whatever reason.
 */
export function appAnswer(bundle: Bundle, request: AppRequest): Response {
  const file = bundle.get(wantedPath(request) ?? '');
  if (!file) return new Response(null, { status: 404, headers });
  return new Response(file.bytes, { headers: { ...headers, 'Content-Type': file.type } });
}

/** The path that is asked for as it was written; null: not ours. */
function wantedPath({ url, method, initiatorOrigin }: AppRequest): string | null {
  if (method !== 'GET') return null;
  if (initiatorOrigin !== undefined && initiatorOrigin !== appOrigin) return null;
  // `new URL` would resolve `..` and the like; what is not written plainly is not served.
  const [address = ''] = url.split(/[?#]/, 1);
  return address.startsWith(`${appOrigin}/`) ? address.slice(appOrigin.length) : null;
}
