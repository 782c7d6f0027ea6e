import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { AddToolAnswer, StatusAnswer } from '../../electron/contract/wire.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { endpointPaths } from './endpoint-paths.ts';
import { HostileSite } from './hostile-site.ts';
import { AgentProcess } from './token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';

/** A signed-in agent, all that an ask can change there, and the site that attacks it. */
export class AttackedAgent implements AsyncDisposable {
  readonly service: AuthService;
  readonly agent: AgentProcess;
  readonly site: HostileSite;
  readonly token: string;

  private constructor(parts: Pick<AttackedAgent, 'service' | 'agent' | 'site' | 'token'>) {
    this.service = parts.service;
    this.agent = parts.agent;
    this.site = parts.site;
    this.token = parts.token;
  }

  static async start(): Promise<AttackedAgent> {
    const [service, site, home] = await Promise.all([
      startAuthService(),
      HostileSite.start(),
      mkdtemp(join(tmpdir(), 'token-tray-')),
    ]);
    const args = ['--api', service.url, '--username', username];
    const env = { TOKEN_TRAY_KEY_STORE: 'memory' };
    const agent = await AgentProcess.start({ home, args, password, env });
    return new AttackedAgent({ service, agent, site, token: await agent.token() });
  }

  get key(): string {
    return this.agent.endpoint().key;
  }

  /** Adds a tool, and answers its key. */
  async toolKey(): Promise<string> {
    const answer = await this.#ask('POST', '/v1/tools', JSON.stringify({ name: 'sheet', proxy_only: true }));
    return (JSON.parse(answer) as AddToolAnswer).key;
  }

  /** For every path, a body that would do something there if it were let in. */
  get bodies(): Record<string, string> {
    const known: Record<string, object> = {
      '/v1/token/renew': { rejected: this.token },
      '/v1/login': { username, password },
      '/v1/pause': { seconds: 3_600 },
      '/v1/tools': { name: 'evil' },
      '/v1/accounts/default': { account: username },
    };
    return Object.fromEntries(endpointPaths.map((path) => [path, JSON.stringify(known[path] ?? {})]));
  }

  /** All that a request can change: the session, the choices, the tools, the counters, and what the service saw. */
  async traces(): Promise<unknown> {
    const status = (await (await this.agent.fetch('/v1/status')).json()) as StatusAnswer;
    const activity: unknown = await (await this.agent.fetch('/v1/activity')).json();
    // What is reckoned from two clocks may differ by a millisecond.
    const steady = { ...status, expires_in: null, expires_at: null, next_renewal_at: null };
    return { status: steady, activity, service: this.service.stats() };
  }

  /** Why requests were refused, by the agent's log, which must not quote them. */
  refusals(): ReadonlySet<string> {
    const log = readFileSync(join(this.agent.home, 'logs/token-tray.log'), 'utf8');
    this.expectNoSecret(log.replaceAll(`"account":"${username}"`, ''));
    return new Set([...log.matchAll(/"reason":"([^"]+)"/g)].map(([, reason = '']) => reason));
  }

  expectNoSecret(said: string): void {
    for (const secret of [this.token, this.key, username, 'access_token']) expect(said).not.toContain(secret);
  }

  /** A POST as a local program sends it, with this path's body, and the text of its answer. */
  post(path: string): Promise<string> {
    return this.#ask('POST', path, this.bodies[path]);
  }

  get(path: string): Promise<string> {
    return this.#ask('GET', path);
  }

  #ask(method: string, path: string, body = ''): Promise<string> {
    const headers = { authorization: `Bearer ${this.key}` };
    return new Promise((resolve, reject) => {
      const asking = request(this.agent.url + path, { method, headers, agent: false }, (answer) => {
        resolve(text(answer));
      });
      asking.on('error', reject).end(body);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.agent, this.site, this.service].map((part) => part[Symbol.asyncDispose]()));
    await rm(this.agent.home, { recursive: true });
  }
}
