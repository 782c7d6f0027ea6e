import { policyPath } from '../contract/policy.ts';
import { exitCodes } from '../contract/problems.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf } from './connection.ts';
import { askForCredentials } from './credentials.ts';
import { endSignals } from './end-signals.ts';
import { variable } from './environment.ts';
import { isHangUpIgnored } from './hang-up.ts';
import { answer, fail, tell } from './output.ts';
import { findPassphrase } from './passphrase.ts';

/** `token-tray agent`: the headless agent in the foreground, until a signal or `token-tray stop`. */
export async function agent(options: CallOptions): Promise<number> {
  const keyStore = variable('TOKEN_TRAY_KEY_STORE');
  const found = findPassphrase();
  if (keyStore !== null && !isKeyStore(keyStore)) {
    tell(
      'TOKEN_TRAY_KEY_STORE is none of: keyring, passphrase, memory. Set it to one of them, or not at all.',
    );
    return exitCodes.wrongUsage;
  }
  if (!found.ok) {
    tell(found.wrong);
    return exitCodes.wrongUsage;
  }
  const { passphrase, warning } = found;
  if (keyStore === 'passphrase' && passphrase === null) {
    tell(
      'TOKEN_TRAY_KEY_STORE asks for a passphrase, and there is none. Set TOKEN_TRAY_PASSPHRASE or TOKEN_TRAY_PASSPHRASE_FILE.',
    );
    return exitCodes.wrongUsage;
  }
  if (warning !== null) tell(warning);
  const { runAgent } = await import('../agent.ts');
  const stop = new AbortController();
  for (const signal of endSignals(process.platform)) {
    if (signal !== 'SIGHUP' || !isHangUpIgnored()) process.on(signal, () => stop.abort());
  }
  const ended = await runAgent({
    home: homeOf(options),
    policyPath: policyPath(process.platform, process.env['ProgramData']),
    api: options.api ?? variable('TOKEN_TRAY_API'),
    username: options.username ?? options.account ?? null,
    form: options.login ?? null,
    port: options.port ?? null,
    keyStore,
    passphrase,
    passwordGiven: options.passwordStdin ?? false,
    // Whoever starts it without a terminal and without a password signs in later.
    credentials:
      options.passwordStdin || process.stdin.isTTY
        ? (suggested) => askForCredentials(options, suggested)
        : null,
    stopped: stop.signal,
    ready: (url) => void answer(`ready ${url}`),
    tell,
  });
  // At once, for what `runAgent` says of the home, and because an open terminal or pipe would keep us alive.
  process.exit(ended.ok ? exitCodes.done : fail(ended.failure));
}

function isKeyStore(name: string): name is 'keyring' | 'passphrase' | 'memory' {
  return ['keyring', 'passphrase', 'memory'].includes(name);
}
