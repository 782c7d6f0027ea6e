import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { SetupFailure } from '../contract/failures.ts';
import { homeFiles, homeFolder } from '../contract/home.ts';
import { exchange, type Answer, type Target } from './http-exchange.ts';

/** Why the home's owner was not reached. */
export type Unreachable = Extract<SetupFailure, { code: 'not_running' | 'owner_unreachable' }>;

/** The home that a call means: `--home`, else the environment's or the platform's. */
export function homeOf(options: { readonly home?: string }): string {
  return options.home ?? homeFolder({ platform: process.platform, env: process.env, homedir: homedir() });
}

/** One request to the running Token Tray with the owner's key. Fails if none answers in the home. */
export async function request(
  home: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Result<Answer, Unreachable>> {
  const access = await reachEndpoint(home);
  if (!access.ok) return access;
  const { target, key } = access.value;
  const text = body === undefined ? null : JSON.stringify(body);
  const answer = await exchange(target, { method, path, key, body: text });
  return answer ? succeeded(answer) : failed(await whyUnreachable(home));
}

/**
 * How to reach the home's owner now, though its socket's file may have been removed. Where there is no socket, as on
 * Windows, the lock says first whether the owner that wrote the address still runs: after a crash its port may be
 * another program's, which gets neither key nor password.
 */
export async function reachEndpoint(home: string): Promise<Result<EndpointAccess, Unreachable>> {
  const access = findEndpoint(home);
  if (access !== null && 'path' in access.target && existsSync(access.target.path)) return succeeded(access);
  const { findKeeper } = await ownerLook();
  const keeper = await findKeeper(home);
  if (keeper === null) return failed({ code: 'not_running', home });
  const { pid } = keeper;
  const isAnothers = access !== null && pid !== null && access.pid !== pid;
  if (access === null || (isAnothers && !('path' in access.target))) {
    return failed({ code: 'owner_unreachable', home, pid, missing: 'endpoint.json' });
  }
  if (!('path' in access.target)) return succeeded(access);
  const port = Number(new URL(access.url).port);
  return (await keeper.holdsPort(port))
    ? succeeded({ ...access, target: { host: '127.0.0.1', port } })
    : failed({ code: 'owner_unreachable', home, pid, missing: 'endpoint.sock' });
}

/** Where `endpoint.json` led to no answer: nothing runs, or what runs does not answer. */
export async function whyUnreachable(home: string): Promise<Unreachable> {
  const { findKeeper } = await ownerLook();
  const keeper = await findKeeper(home);
  return keeper === null
    ? { code: 'not_running', home }
    : { code: 'owner_unreachable', home, pid: keeper.pid, missing: null };
}

/** Who runs in the home, by its lock; null: nothing does. */
export async function findOwner(home: string): Promise<{ readonly pid: number | null } | null> {
  const { findKeeper } = await ownerLook();
  return findKeeper(home);
}

/** Loaded only where something is wrong: it costs a call its start. */
const ownerLook = () => import('../owner-look.ts');

/** The path with the account that the call names, if it names one. */
export function withAccount(path: string, { account }: { readonly account?: string }): string {
  return account === undefined ? path : `${path}?account=${encodeURIComponent(account)}`;
}

/** How to reach the endpoint, with the owner's key. */
export interface EndpointAccess {
  readonly url: string;
  readonly target: Target;
  readonly key: string;
  /** The process that wrote it. */
  readonly pid: unknown;
}

/** What `endpoint.json` tells; null: there is none, or it is none of ours. Checked by hand to spare a library's load. */
export function findEndpoint(home: string): EndpointAccess | null {
  const file = parse(`${home}/${homeFiles.endpoint}`);
  if (typeof file !== 'object' || file === null) return null;
  const { version, url, socket, key, pid } = file as Record<string, unknown>;
  if (version !== 1 || typeof url !== 'string' || typeof key !== 'string') return null;
  const port = Number(/^http:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(url)?.[1]);
  if (!(port >= 1 && port <= 65_535) || !/^[\w-]+$/.test(key)) return null;
  // Nobody else can take the socket's place in the home. After a crash the port may be another program's: where
  // there was a socket, neither key nor password is shown to whoever listens there now.
  return {
    url,
    key,
    pid,
    target: typeof socket === 'string' ? { path: socket } : { host: '127.0.0.1', port },
  };
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
