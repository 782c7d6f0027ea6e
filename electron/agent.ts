import { readPolicy } from './adapters/policy-file.ts';
import { aborted, firstSignIn, type FirstSignIn } from './agent-sign-in.ts';
import { chooseAgentVault } from './agent-vault.ts';
import { failureText } from './contract/failure-words.ts';
import type { Failure } from './contract/failures.ts';
import type { FoundPolicy } from './contract/policy.ts';
import { succeeded, type Result } from './contract/result.ts';
import { serveHome, usualService, type ServedHome } from './home-owner.ts';
import { takeHome } from './taken-home.ts';

export interface AgentOptions extends Omit<FirstSignIn, 'service'> {
  readonly home: string;
  /** Where the machine's policy stands, if there is one. */
  readonly policyPath: string;
  /** The service's base URL; null: the policy's, else the vendor's. */
  readonly api: string | null;
  readonly port: number | null;
  /** `TOKEN_TRAY_KEY_STORE` and `TOKEN_TRAY_PASSPHRASE`. */
  readonly keyStore: 'keyring' | 'passphrase' | 'memory' | null;
  readonly passphrase: string | null;
  /** Called once tools can be served. */
  readonly ready: (url: string) => void;
}

/**
 * Runs the headless agent until it is stopped; a failure: why it could not start. The home is given back by then,
 * so the process has to end at once.
 */
export async function runAgent(options: AgentOptions): Promise<Result<null, Failure>> {
  const managed = await readPolicy(options.policyPath, process);
  const service = usualService(options.api, managed);
  if (!service.ok) return service;
  const taken = await takeHome(options.home);
  if (!taken.ok) return taken;
  try {
    return await runAsOwner(options, taken.value.home, service.value, managed);
  } finally {
    await taken.value.release();
  }
}

/** The same, once the home is this process's alone. */
async function runAsOwner(
  options: AgentOptions,
  home: string,
  service: string,
  managed: FoundPolicy,
): Promise<Result<null, Failure>> {
  const asked = new AbortController();
  const stopped = AbortSignal.any([options.stopped, asked.signal]);
  const served = await serveHome({
    home,
    service,
    port: options.port,
    managed,
    tell: options.tell,
    stop: () => asked.abort(),
    chooseVault: (parts) =>
      chooseAgentVault({ ...parts, wanted: options.keyStore, passphrase: options.passphrase }),
  });
  if (!served.ok) return served;
  try {
    return await serve(served.value, { ...options, stopped, service: options.api === null ? null : service });
  } finally {
    await served.value.end();
  }
}

async function serve(
  home: ServedHome,
  options: FirstSignIn & Pick<AgentOptions, 'ready'>,
): Promise<Result<null, Failure>> {
  const opened = await home.core.accounts.open();
  if (!opened.ok) options.tell(failureText(opened.failure));
  const writable = await home.canPublish();
  if (!writable.ok) return writable;
  const signedIn = await firstSignIn(home.core.accounts, options);
  if (!signedIn.ok) return signedIn;
  if (signedIn.value === 'stopped') return succeeded(null);
  const published = await home.publish();
  if (!published.ok) return published;
  options.ready(home.endpoint.url);
  await aborted(options.stopped);
  return succeeded(null);
}
