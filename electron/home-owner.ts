import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiPools } from './adapters/api-pools.ts';
import { tryWriting } from './adapters/atomic-file.ts';
import { AuthServiceClient } from './adapters/auth-service-client.ts';
import { FileLedger } from './adapters/ledger.ts';
import { LogFile } from './adapters/log-file.ts';
import { managedSettings } from './adapters/managed-settings.ts';
import { lookAtServices } from './adapters/doctor/services-look.ts';
import { environmentProxy, type ProxyChoice } from './adapters/proxy-choice.ts';
import { Redactor } from './adapters/redaction.ts';
import { RedactingLog } from './adapters/redacting-log.ts';
import type { ReadCertificates } from './adapters/certificate-program.ts';
import { parseServiceAddress } from './adapters/service-address.ts';
import { openFileSettings } from './adapters/settings-file.ts';
import { SystemCertificates } from './adapters/system-certificates.ts';
import { systemClock } from './adapters/system-clock.ts';
import { FileTools } from './adapters/tools-file.ts';
import { storedElsewhere } from './adapters/vault-erasure.ts';
import type { VaultNotice } from './adapters/vault-files.ts';
import { failureText } from './contract/failure-words.ts';
import type { Failure } from './contract/failures.ts';
import { describeFinding } from './contract/doctor-words.ts';
import { homeFiles } from './contract/home.ts';
import type { FoundPolicy } from './contract/policy.ts';
import { failed, succeeded, type Result } from './contract/result.ts';
import type { ServicesAnswer } from './contract/wire.ts';
import { assembleCore, type Core } from './core/assembly.ts';
import type { Clock } from './core/clock.ts';
import type { Log, Settings, Vault } from './core/ports.ts';
import { startEndpoint, type Endpoint } from './endpoint/endpoint.ts';
import { newKey } from './endpoint/key.ts';
import { PublishedHome } from './published-home.ts';

/** The vendor's live address, where no other is given. */
export const liveService = 'https://authlive.logistiq.io';

/** Where a sign-in goes that names no service; the failure of an option that is no address. */
export function usualService(api: string | null, { policy }: FoundPolicy): Result<string, Failure> {
  return parseServiceAddress(api ?? policy.service ?? liveService);
}

/** How long a renewal under way is given at the end, in milliseconds. The whole end takes less than 4 s; Windows gives 5 s. */
const endGraceMs = 2_000;

/** How long a file that another program has open is waited for at the end, in milliseconds: its key is no longer valid. */
const withdrawLimitMs = 500;

/** How long what is still being written at the end is waited for, in milliseconds. */
const lastWritesLimitMs = 1_000;

const serviceLookLimitMs = 10_000;

/** Who guards the stored sessions. */
export interface ChosenVault {
  readonly vault: Vault;
  /** What the person should know about where sessions are kept; null: all is as expected. */
  readonly remark: string | null;
  close(): Promise<void>;
}

export interface ChoosingParts {
  readonly home: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  readonly notice: (notice: VaultNotice) => void;
}

export interface HomeOptions {
  /** The owner's own, by `takeHome`. */
  readonly home: string;
  /** The service that a sign-in goes to when it names none, as `parseServiceAddress` gives it. */
  readonly service: string;
  /** Null: what the policy or the settings say. */
  readonly port: number | null;
  /** What the machine's policy decides, or why it decides nothing. */
  readonly managed: FoundPolicy;
  readonly chooseVault: (parts: ChoosingParts) => Promise<ChosenVault>;
  /** Which proxy leads to the service; left out: what the environment says. */
  readonly proxyFor?: ProxyChoice;
  /** How the system's certificates are read again; left out: in a process of Node. */
  readonly readCertificates?: ReadCertificates;
  /** Called after each change of what a person is shown; see `CoreParts.changed`. */
  readonly changed?: () => void;
  /** Called at each sign-out; see `CoreParts.signedOut`. */
  readonly signedOut?: (account: string) => Promise<void>;
  /** Ends the program as a person's quit does; see `EndpointOptions.stop`. */
  readonly stop: () => void;
  /** Tells the person a sentence that no route and no view has. */
  readonly tell: (sentence: string) => void;
}

/** All that serves a home; nothing is read from the vault before `core.accounts.open`. */
export interface ServedHome {
  readonly core: Core;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly log: Log;
  readonly endpoint: Endpoint;
  /** Which services are used, and how this process reaches them. */
  readonly lookAtServices: () => Promise<ServicesAnswer>;
  /** Whether `endpoint.json` can be written: asked before a sign-in is spent on what no tool could find. */
  canPublish(): Promise<Result<null, Failure>>;
  /** Writes `endpoint.json`: from now on tools find the endpoint. */
  publish(): Promise<Result<null, Failure>>;
  /** Withdraws and closes everything. A renewal under way is given its time. */
  end(): Promise<void>;
}

/** Opens log, settings, vault, ledger and tools of a home, and lets the endpoint listen. */
export async function serveHome(options: HomeOptions): Promise<Result<ServedHome, Failure>> {
  const { home, service, tell } = options;
  const clock = systemClock;
  const redactor = new Redactor();
  const log = new RedactingLog(new LogFile(home), redactor);
  const own = await openFileSettings({
    home,
    log,
    clock,
    trouble(finding) {
      const { sentence, remedy } = describeFinding(finding);
      const whole = finding.code === 'setting_ignored' ? [] : ['The settings are not used.'];
      tell([...whole, sentence, remedy ?? ''].join(' '));
    },
  });
  const { path, policy, trouble } = options.managed;
  const settings = managedSettings(own, policy);
  if (trouble !== null) {
    const { sentence, remedy } = describeFinding({ code: 'policy_wrong', path, trouble });
    log.warn('policy_not_used', { trouble: trouble.kind });
    tell([sentence, remedy].join(' '));
  }
  const ledger = new FileLedger({ home, clock, log });
  const chosen = await options.chooseVault({
    home,
    clock,
    log,
    settings,
    notice: ({ kind, file, keptAs }) =>
      tell(`${file} is ${kind}; it is kept as ${keptAs}, and nothing of it is lost.`),
  });
  const { vault, remark } = chosen;
  if (remark !== null) tell(remark);
  for (const { account, protection } of await storedElsewhere(home, vault.keyStore)) {
    tell(
      `A session of ${account} is stored under another protection (${protection}) and is not used by this start.`,
    );
  }

  const certificates = new SystemCertificates(
    options.readCertificates && { readAgain: options.readCertificates },
  );
  const way = { certificates, ...(options.proxyFor && { proxyFor: options.proxyFor }) };
  const history = await ledger.read();
  if (history === null)
    tell('The ledger cannot be read: at most one new token an hour is made until it can.');
  const authService = new AuthServiceClient(way);
  const core = assembleCore({
    vault,
    ledger,
    toolStore: new FileTools({ home, clock, log }),
    history,
    service: authService,
    settings,
    clock,
    random: Math.random,
    newId: randomUUID,
    log,
    defaultService: service,
    parseService: parseServiceAddress,
    changed: options.changed ?? (() => undefined),
    signedOut: options.signedOut ?? (() => Promise.resolve()),
  });
  const { accounts, tools, activity, pause } = core;
  const toolsRead = await tools.open();
  if (!toolsRead.ok) tell(failureText({ code: 'tools_unreadable', reason: toolsRead.failure }));

  const ways = new ApiPools(way);
  const look = () =>
    lookAtServices(accounts.services(), {
      proxyFor: environmentProxy(process.env),
      ...way,
      clock,
      limitMs: serviceLookLimitMs,
    });
  const ownerKey = newKey();
  redactor.remember(ownerKey);
  const endpoint = await startEndpoint({
    engine: accounts,
    tools,
    activity,
    pause,
    settings,
    ways,
    lookAtServices: look,
    log,
    now: () => clock.wallNow(),
    ownerKey,
    port: options.port ?? settings.get('port'),
    socketPath: join(home, homeFiles.socket),
    platform: process.platform,
    stop: options.stop,
  });
  if (!endpoint.ok) {
    await chosen.close();
    return endpoint;
  }

  const { url, socket } = endpoint.value;
  let publishedHome: PublishedHome | null = null;
  return succeeded({
    core,
    vault,
    settings,
    log,
    endpoint: endpoint.value,
    lookAtServices: look,
    async canPublish() {
      const writable = await tryWriting(join(home, homeFiles.endpoint), 4096);
      return writable.ok ? writable : failed({ code: 'home_unusable', home, reason: writable.failure });
    },
    async publish() {
      const startedAt = clock.wallNow();
      const discovery = { url, socket, key: ownerKey, pid: process.pid, startedAt };
      const published = await PublishedHome.publish({ home, discovery, endpoint: endpoint.value, log });
      if (!published.ok) return failed({ code: 'home_unusable', home, reason: published.failure });
      publishedHome = published.value;
      log.info('started', { url, keyStore: vault.keyStore });
      return succeeded(null);
    },
    async end() {
      await Promise.race([publishedHome?.withdraw(), delay(withdrawLimitMs, undefined, { ref: false })]);
      // Nobody asks any more while a renewal under way is given its time; then the process ends, come what may.
      await Promise.all([
        endpoint.value.close(),
        Promise.race([accounts.close(), delay(endGraceMs, undefined, { ref: false })]),
      ]);
      ways.close();
      authService.close();
      await Promise.race([
        Promise.all([chosen.close(), own.saved()]),
        delay(lastWritesLimitMs, undefined, { ref: false }),
      ]);
      log.info('ended');
    },
  });
}
