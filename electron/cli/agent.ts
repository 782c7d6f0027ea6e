import { exitCodes } from '../contract/problems.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf } from './connection.ts';
import { askForCredentials } from './credentials.ts';
import { answer, fail, tell } from './output.ts';

/** `token-tray agent`: the headless agent in the foreground, until SIGTERM or Ctrl-C. */
export async function agent(options: CallOptions): Promise<number> {
  const { runAgent } = await import('../agent.ts');
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const ended = await runAgent({
    home: homeOf(options),
    api: options.api ?? process.env['TOKEN_TRAY_API'] ?? null,
    username: options.username ?? options.account ?? null,
    form: options.login ?? null,
    port: options.port ?? null,
    keyStore: process.env['TOKEN_TRAY_KEY_STORE'] ?? null,
    passphrase: process.env['TOKEN_TRAY_PASSPHRASE'] ?? null,
    passwordGiven: options.passwordStdin ?? false,
    // Whoever starts it without a terminal and without a password signs in later.
    credentials:
      options.passwordStdin || process.stdin.isTTY
        ? (suggested) => askForCredentials(options, suggested)
        : null,
    stopped: stop.signal,
    ready: (url) => answer(`ready ${url}`),
    tell,
  });
  return ended.ok ? exitCodes.done : fail(ended.failure);
}
