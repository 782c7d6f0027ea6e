import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sweepTemporaries, tryWriting } from './adapters/atomic-file.ts';
import { AuthServiceClient } from './adapters/auth-service-client.ts';
import { publishDiscovery, withdrawStaleDiscovery } from './adapters/discovery-file.ts';
import { prepareHome } from './adapters/home-folder.ts';
import { FileLedger } from './adapters/ledger.ts';
import { LogFile } from './adapters/log-file.ts';
import { acquireOwnerLock } from './adapters/owner-lock.ts';
import { Redactor } from './adapters/redaction.ts';
import { RedactingLog } from './adapters/redacting-log.ts';
import { parseServiceAddress } from './adapters/service-address.ts';
import { openFileSettings } from './adapters/settings-file.ts';
import { systemClock } from './adapters/system-clock.ts';
import { storedElsewhere } from './adapters/vault-erasure.ts';
import { aborted, firstSignIn, type FirstSignIn } from './agent-sign-in.ts';
import { chooseAgentVault } from './agent-vault.ts';
import { failureText } from './contract/failure-words.ts';
import type { Failure } from './contract/failures.ts';
import { homeFiles } from './contract/home.ts';
import { failed, succeeded, type Result } from './contract/result.ts';
import { Accounts } from './core/accounts.ts';
import { SessionFactory } from './core/session-factory.ts';
import { startEndpoint } from './endpoint/endpoint.ts';
import { newKey } from './endpoint/keys.ts';

/** The vendor's live address, where no other is given. */
const liveService = 'https://authlive.logistiq.io';

/** How long a renewal under way is given at the end, in milliseconds: the whole end takes less than 3 s. */
const endGraceMs = 2_000;

export interface AgentOptions extends Omit<FirstSignIn, 'service'> {
  readonly home: string;
  /** The service's base URL; null: the vendor's. */
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
 * so the process has to end at once: a request that is still out must not be answered into another owner's home.
 */
export async function runAgent(options: AgentOptions): Promise<Result<null, Failure>> {
  const service = parseServiceAddress(options.api ?? liveService);
  if (!service.ok) return service;
  const home = await prepareHome(options.home);
  if (!home.ok) return home;
  const lock = await acquireOwnerLock(home.value, systemClock);
  if (!lock.ok) return lock;
  try {
    await sweepTemporaries(home.value);
    await withdrawStaleDiscovery(home.value);
    return await runAsOwner({ ...options, home: home.value }, service.value);
  } finally {
    await lock.value.release();
  }
}

/** The same, once the home is this process's alone. */
async function runAsOwner(options: AgentOptions, service: string): Promise<Result<null, Failure>> {
  const { home, tell } = options;
  const clock = systemClock;
  const redactor = new Redactor();
  const log = new RedactingLog(new LogFile(home), redactor);
  const settings = await openFileSettings({ home, log, clock });
  const ledger = new FileLedger({ home, clock, log });
  const { vault, remark, close } = await chooseAgentVault({
    home,
    wanted: options.keyStore,
    passphrase: options.passphrase,
    clock,
    log,
    notice: ({ kind, file, keptAs }) =>
      tell(`${file} is ${kind}; it is kept as ${keptAs}, and nothing of it is lost.`),
  });
  if (remark !== null) tell(remark);
  for (const { account, protection } of await storedElsewhere(home, vault.keyStore)) {
    tell(
      `A session of ${account} is stored under another protection (${protection}) and is not used by this start.`,
    );
  }

  const history = await ledger.read();
  if (history === null)
    tell('The ledger cannot be read: at most one new token an hour is made until it can.');
  const client = new AuthServiceClient();
  const parts = {
    vault,
    ledger,
    service: client,
    settings,
    clock,
    random: Math.random,
    newId: randomUUID,
    log,
  };
  const accounts = new Accounts({
    vault,
    settings,
    clock,
    sessions: new SessionFactory(parts, history),
    defaultService: service,
    parseService: parseServiceAddress,
  });
  const ownerKey = newKey();
  redactor.remember(ownerKey);
  const endpoint = await startEndpoint({
    engine: accounts,
    settings,
    log,
    now: () => clock.wallNow(),
    ownerKey,
    port: options.port ?? settings.get('port'),
    socketPath: join(home, homeFiles.socket),
    platform: process.platform,
  });
  if (!endpoint.ok) return endpoint;
  try {
    const opened = await accounts.open();
    if (!opened.ok) tell(failureText(opened.failure));
    // Before a sign-in is spent: tools could not find an endpoint whose file cannot be written.
    const writable = await tryWriting(join(home, homeFiles.endpoint), 4096);
    if (!writable.ok) return failed({ code: 'home_unusable', home, reason: writable.failure });
    const signedIn = await firstSignIn(accounts, {
      ...options,
      service: options.api === null ? null : service,
    });
    if (!signedIn.ok) return signedIn;
    if (signedIn.value === 'stopped') return succeeded(null);

    const { url, socket } = endpoint.value;
    const startedAt = clock.wallNow();
    const published = await publishDiscovery(home, {
      url,
      socket,
      key: ownerKey,
      pid: process.pid,
      startedAt,
    });
    if (!published.ok) return failed({ code: 'home_unusable', home, reason: published.failure });
    log.info('started', { url, keyStore: vault.keyStore });
    options.ready(url);
    await aborted(options.stopped);
    await published.value.withdraw();
    return succeeded(null);
  } finally {
    // Nobody asks any more while a renewal under way is given its time; then the process ends, come what may.
    await Promise.all([
      endpoint.value.close(),
      Promise.race([accounts.close(), delay(endGraceMs, undefined, { ref: false })]),
    ]);
    await close();
    log.info('ended');
  }
}
