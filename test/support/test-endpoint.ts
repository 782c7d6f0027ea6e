import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { Activity } from '../../electron/core/activity.ts';
import { Pause } from '../../electron/core/pause.ts';
import type { LogFields } from '../../electron/core/ports.ts';
import { ToolUsage } from '../../electron/core/tool-usage.ts';
import { Tools } from '../../electron/core/tools.ts';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../electron/endpoint/endpoint.ts';
import { newKey } from '../../electron/endpoint/key.ts';
import { InMemoryLedger, InMemorySettings, InMemoryTools } from './in-memory-home.ts';
import { requestBytes } from './raw-connection.ts';
import { RememberingLog } from './remembering-log.ts';
import { ScriptedEngine } from './scripted-engine.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined where there is none. */
  readonly json: unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** By the Unix socket instead of TCP. */
  readonly bySocket?: boolean;
}

/** The real endpoint on a free port and in a home of its own, with a scripted engine behind it. */
export class TestEndpoint implements AsyncDisposable {
  readonly engine: ScriptedEngine;
  readonly settings: InMemorySettings;
  readonly log: RememberingLog;
  readonly tools: Tools;
  readonly ledger: InMemoryLedger;
  readonly usage: ToolUsage;
  readonly key: string;
  readonly port: number;
  readonly home: string;
  readonly running: Endpoint;

  private constructor(
    parts: Pick<TestEndpoint, 'engine' | 'settings' | 'log' | 'tools' | 'ledger' | 'usage' | 'key' | 'home'>,
    running: Endpoint,
  ) {
    this.engine = parts.engine;
    this.settings = parts.settings;
    this.log = parts.log;
    this.tools = parts.tools;
    this.ledger = parts.ledger;
    this.usage = parts.usage;
    this.key = parts.key;
    this.home = parts.home;
    this.running = running;
    this.port = Number(new URL(running.url).port);
  }

  static async start(options: Partial<EndpointOptions> = {}): Promise<TestEndpoint> {
    const home = await mkdtemp(join(tmpdir(), 'tray-'));
    const settings = new InMemorySettings();
    const ledger = new InMemoryLedger();
    const usage = new ToolUsage(ledger, systemClock);
    const parts = {
      engine: new ScriptedEngine(),
      settings,
      log: new RememberingLog(),
      tools: new Tools(new InMemoryTools(), systemClock, () => undefined),
      ledger,
      usage,
    };
    const pause = new Pause(settings, systemClock, () => undefined);
    const activity = new Activity(ledger, usage, systemClock);
    const ownerKey = newKey();
    const started = await startEndpoint({
      ...parts,
      pause,
      activity,
      ownerKey,
      now: Date.now,
      lookAtServices: () =>
        Promise.resolve({
          services: ['https://auth.example'],
          findings: [{ code: 'certificates_unreadable' }],
        }),
      ways: new ApiPools({ proxyFor: () => Promise.resolve(null) }),
      port: 0,
      socketPath: join(home, 'endpoint.sock'),
      platform: process.platform,
      stop: () => undefined,
      ...options,
    });
    if (!started.ok) throw new Error(started.failure.code);
    return new TestEndpoint({ ...parts, key: ownerKey.reveal(), home }, started.value);
  }

  /** All that was ever logged, as one text to search. */
  get logText(): string {
    return JSON.stringify(this.log.events);
  }

  /** The log's lines about requests refused for this reason. */
  refusals(reason: string): readonly LogFields[] {
    return this.log.events.map(({ fields }) => fields).filter((fields) => fields['reason'] === reason);
  }

  /** Asks with the owner's key, unless the headers say otherwise. */
  ask(
    target: string,
    { method = 'GET', headers = {}, body, bySocket = false }: Asked = {},
  ): Promise<Answered> {
    const to = bySocket ? { socketPath: this.running.socket ?? '' } : { host: '127.0.0.1', port: this.port };
    const allHeaders = { authorization: `Bearer ${this.key}`, ...headers };
    return new Promise((resolve, reject) => {
      const asking = request({ ...to, path: target, method, headers: allHeaders, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const json: unknown = text === '' ? undefined : JSON.parse(text);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json });
        });
      });
      asking.on('error', reject);
      asking.end(body);
    });
  }

  /** A POST with a JSON body. */
  post(target: string, body: unknown): Promise<Answered> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(target, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  get hostLine(): string {
    return `Host: 127.0.0.1:${this.port}`;
  }

  /** A request's head as bytes, by the lines given after the usual ones. */
  head(requestLine: string, ...lines: string[]): string {
    return requestBytes(requestLine, this.hostLine, `Authorization: Bearer ${this.key}`, ...lines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.close();
    await rm(this.home, { recursive: true, force: true });
  }
}
