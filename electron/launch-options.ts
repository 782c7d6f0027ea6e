import { parseArgs } from 'node:util';

/** What the tray app takes at its start; whatever else stands on its command line is Chromium's, or nothing. */
export interface LaunchOptions {
  /** The service's base URL: `--api`, else `TOKEN_TRAY_API`; null: the vendor's. */
  readonly api: string | null;
  /** What the email field begins with. */
  readonly username: string;
  /** Null: what the settings say. */
  readonly port: number | null;
  /** Keeps sessions in memory, and asks no key store: for the demo and for tests. */
  readonly memoryOnly: boolean;
  /** Vite's development server, whose pages are shown instead of the built ones; never in a release. */
  readonly devServer: string | null;
}

/** Reads `process.argv` without the program's own words, and the environment. */
export function readLaunchOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { packaged }: { readonly packaged: boolean },
): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      api: { type: 'string' },
      username: { type: 'string' },
      port: { type: 'string' },
    },
    strict: false,
    allowPositionals: true,
  });
  const api = textOf(values.api) ?? textOf(env['TOKEN_TRAY_API']);
  const port = textOf(values.port);
  return {
    api,
    username: textOf(values.username) ?? '',
    port: port !== null && /^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? Number(port) : null,
    memoryOnly: env['TOKEN_TRAY_KEY_STORE'] === 'memory',
    devServer: packaged ? null : onThisComputer(env['ELECTRON_RENDERER_URL'] ?? ''),
  };
}

/** Its pages get our origin, and with it all that a window may ask. */
function onThisComputer(url: string): string | null {
  return ['localhost', '127.0.0.1'].includes(URL.parse(url)?.hostname ?? '') ? url : null;
}

/** An option without its value comes as `true`, and an unset variable as nothing. */
function textOf(value: string | boolean | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
