import { join, resolve } from 'node:path';
import { diskRoom, judgeRoom } from './adapters/doctor/disk-space.ts';
import { lookAtFiles, lookAtHome } from './adapters/doctor/home-look.ts';
import { leftovers } from './adapters/doctor/leftovers.ts';
import { connectionsOn, listenersOn } from './adapters/doctor/listening-programs.ts';
import { nodeFinding } from './adapters/doctor/machine-look.ts';
import { tryPort } from './adapters/doctor/port-trial.ts';
import { lookAtServices } from './adapters/doctor/services-look.ts';
import {
  lookAtStored,
  lookElsewhere,
  nothingStored,
  type StoredLook,
} from './adapters/doctor/stored-look.ts';
import { homeOwner } from './adapters/owner-lock.ts';
import { readPolicy } from './adapters/policy-file.ts';
import { parseServiceAddress } from './adapters/service-address.ts';
import { environmentProxy, proxyHost, proxyOfLocalRequests } from './adapters/proxy-choice.ts';
import { SystemCertificates } from './adapters/system-certificates.ts';
import { systemClock } from './adapters/system-clock.ts';
import { defaultPort } from './contract/default-port.ts';
import type { Finding, HomeFinding } from './contract/doctor-findings.ts';
import { decidedBy, type FoundPolicy } from './contract/policy.ts';
import type { EndpointPart, LockedReason } from './contract/failures.ts';
import { homeFiles } from './contract/home.ts';
import type { OutlookAnswer, ServicesAnswer, StatusAnswer } from './contract/wire.ts';
import { ownerFindings, portFindings, socketFindings, type OwnerLook } from './doctor-address.ts';
import { checkKeyStore, type KeyStoreLook } from './doctor-key-store.ts';
import { outlookFindings } from './doctor-outlook.ts';
import { usableSocketPath } from './endpoint/listening.ts';
import { liveService } from './home-owner.ts';

/** What is looked at of `GET /v1/status`. */
export interface OwnerStatus extends Pick<StatusAnswer, 'key_store' | 'accounts'> {
  /** Missing where the owner is an older version. */
  readonly locked_reason?: LockedReason | null;
  readonly endpoint: { readonly url: string };
}

/** What the running owner tells. `outlook` null: it is an older version, which does not know the route. */
export interface OwnerAnswer {
  readonly status: OwnerStatus;
  readonly outlook: OutlookAnswer | null;
}

export interface DoctorOptions {
  readonly home: string;
  readonly policyPath: string;
  /** A service that is examined beside those in use; null: none. */
  readonly api: string | null;
  /** `TOKEN_TRAY_API`, which the next start goes by; null: unset. */
  readonly nextApi: string | null;
  /** `TOKEN_TRAY_KEY_STORE` and `TOKEN_TRAY_PASSPHRASE`; null: unset. */
  readonly keyStore: string | null;
  readonly passphrase: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Null: the running owner does not answer. */
  readonly askOwner: () => Promise<OwnerAnswer | null>;
  /** How the running owner reaches the services that it uses; null: it does not answer. */
  readonly askServices: () => Promise<ServicesAnswer | null>;
}

const serviceLimitMs = 10_000;

/**
 * Looks at everything that a set-up stands on. Changes nothing in the home and makes none, asks the service for
 * neither sign-in nor renewal, and answers with no secret.
 */
export async function examine(options: DoctorOptions): Promise<readonly Finding[]> {
  const { home, environment } = options;
  const me = process.getuid?.();
  const folder = await lookAtHome(home, me);
  const names = folder.names ?? [];
  const managed = await readPolicy(options.policyPath, process);
  const { owner, status, outlook } = await lookAtOwner(options);
  // Through a link in the home's place the program would not read either.
  const stored = folder.names === null ? nothingStored : await lookAtStored(home);
  const keyStore = await guardOfSessions(options, owner, status, stored);
  const files = [...(await lookAtFiles(home, names, me)), ...stored.findings];
  const forNextStart = [...stored.services, ...(options.nextApi === null ? [] : [options.nextApi])];

  return [
    ...folder.findings,
    ...fileFindings(files, folder.names !== null && me !== undefined),
    ...judgeRoom(folder.names === null ? null : await diskRoom(home)),
    ...leftovers(names, owner.kind !== 'none'),
    ...(owner.kind === 'none' ? openRequests(stored) : []),
    ...ownerState(owner, names, home),
    ...(owner.kind === 'answering' ? toolsFindings(owner.pid, outlook) : []),
    ...keyStore.findings,
    ...(folder.names === null ? [] : await elsewhere(home, keyStore)),
    ...(await portFindings({
      owner,
      setPort: managed.policy.port ?? stored.port,
      defaultPort,
      ports: { tryPort, listenersOn, connectionsOn },
    })),
    ...socketFindings(home, process.platform),
    ...(await wayFindings(options, status === null ? null : await options.askServices(), [
      ...forNextStart,
      ...(forNextStart.length === 0 && options.api === null ? [managed.policy.service ?? liveService] : []),
    ])),
    ...localProxyFindings(environment),
    ...policyFindings(managed),
    ...machineFindings(environment),
  ];
}

/** The owner's lock answers from the loop that serves tools: one that is silent there is not asked for more. */
async function lookAtOwner({ home, askOwner }: DoctorOptions): Promise<{
  owner: OwnerLook;
  status: OwnerStatus | null;
  outlook: OutlookAnswer | null;
}> {
  const { alive, pid } = await homeOwner(home);
  if (!alive) return { owner: { kind: 'none' }, status: null, outlook: null };
  const answer = pid === null ? null : await askOwner();
  if (pid === null || answer === null) {
    return { owner: { kind: 'silent', pid }, status: null, outlook: null };
  }
  return { owner: { kind: 'answering', pid, url: answer.status.endpoint.url }, ...answer };
}

/** Who runs here, or which of the files is missing by which programs find it. */
function ownerState(owner: OwnerLook, names: readonly string[], home: string): readonly Finding[] {
  if (owner.kind === 'none') return ownerFindings(owner, home);
  const hasSocket = usableSocketPath(join(resolve(home), homeFiles.socket), process.platform) !== null;
  const parts: readonly EndpointPart[] = [
    homeFiles.endpoint,
    homeFiles.curlConfig,
    ...(hasSocket ? [homeFiles.socket] : []),
  ];
  const missing = parts.filter((name) => !names.includes(name));
  const told = missing.map((file) => ({ code: 'owner_file_missing', file, pid: owner.pid }) as const);
  return owner.kind === 'silent' && told.length > 0 ? told : [...ownerFindings(owner, home), ...told];
}

function toolsFindings(pid: number, outlook: OutlookAnswer | null): readonly Finding[] {
  return outlook === null ? [{ code: 'owner_outdated', pid }] : outlookFindings(outlook);
}

/** Who runs knows best; only where nobody does is the key store asked, so that its prompt never comes up twice. */
async function guardOfSessions(
  { home, keyStore, passphrase }: DoctorOptions,
  owner: OwnerLook,
  status: OwnerStatus | null,
  { vaults }: StoredLook,
): Promise<KeyStoreLook> {
  if (owner.kind === 'none') return checkKeyStore({ home, vaults, wanted: keyStore, passphrase });
  if (status === null) return { protection: null, findings: [{ code: 'key_store_not_asked' }] };
  const { key_store: store, accounts, locked_reason: lockedReason } = status;
  if (store === 'memory') {
    return { protection: store, findings: [{ code: 'memory_only', why: 'running', detail: null }] };
  }
  if (!accounts.some(({ state }) => state === 'locked')) {
    return { protection: store, findings: [{ code: 'key_store_good', store }] };
  }
  if (store === 'passphrase') return { protection: store, findings: [{ code: 'passphrase_wrong' }] };
  const reason = lockedReason === 'passphrase' ? null : lockedReason;
  const locked = {
    code: 'key_store_locked',
    detail: null,
    stored: true,
    reason: reason ?? 'key_store',
  } as const;
  return { protection: store, findings: [locked] };
}

async function elsewhere(home: string, { protection }: KeyStoreLook): Promise<readonly Finding[]> {
  if (protection === null) return [];
  return (await lookElsewhere(home, protection)).map((one) => ({ code: 'stored_elsewhere', ...one }));
}

function fileFindings(found: readonly HomeFinding[], lookedAt: boolean): readonly Finding[] {
  return found.length === 0 && lookedAt ? [{ code: 'files_good' }] : found;
}

function openRequests({ openRequests: count }: StoredLook): readonly Finding[] {
  return count > 0 ? [{ code: 'open_requests', count }] : [];
}

/**
 * The owner's own findings for the services that it uses: it may have other proxies and authorities than this process.
 * Only where it does not answer, and for a service that it does not use, this process looks itself.
 */
async function wayFindings(
  { api, environment }: DoctorOptions,
  owner: ServicesAnswer | null,
  stored: readonly string[],
): Promise<readonly Finding[]> {
  const named = api === null ? [] : [canonical(api)];
  const known = owner?.services ?? [];
  const others = [...(owner === null ? stored : []), ...named].filter((service) => !known.includes(service));
  const looked = await lookAtServices([...new Set(others)], {
    clock: systemClock,
    limitMs: serviceLimitMs,
    proxyFor: environmentProxy(environment),
    certificates: new SystemCertificates(),
  });
  if (owner === null) return looked.findings;
  const onTheirWay = looked.findings.filter(({ code }) => !code.startsWith('certificates_'));
  return [...onTheirWay, ...owner.findings];
}

/** An address that is not valid stays as it is, and is told so. */
function canonical(address: string): string {
  const parsed = parseServiceAddress(address);
  return parsed.ok ? parsed.value : address;
}

function localProxyFindings(environment: DoctorOptions['environment']): readonly Finding[] {
  const proxy = proxyOfLocalRequests(environment);
  return proxy === null ? [] : [{ code: 'local_requests_proxied', proxy: proxyHost(proxy) }];
}

function policyFindings({ path, policy, trouble }: FoundPolicy): readonly Finding[] {
  if (trouble !== null) return [{ code: 'policy_wrong', path, trouble }];
  const names = decidedBy(policy);
  return names.length > 0 ? [{ code: 'managed', path, names }] : [];
}

function machineFindings(environment: DoctorOptions['environment']): readonly Finding[] {
  const unchecked = environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
  return [
    ...(unchecked ? [{ code: 'certificates_unchecked' } as const] : []),
    nodeFinding(process.versions.node),
  ];
}
