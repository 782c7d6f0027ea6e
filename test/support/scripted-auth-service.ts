import type { AuthService, Credentials, ServiceReply } from '../../electron/core/ports.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';

type Script = ServiceReply | (() => ServiceReply) | Promise<ServiceReply>;

/** An auth service that answers by a script, and else issues tokens `access-1`, `access-2`, … of 45 minutes. */
export class ScriptedAuthService implements AuthService {
  readonly #script: Script[] = [];
  readonly logins: Credentials[] = [];
  readonly refreshes: RefreshToken[] = [];
  /** Where each request went. */
  readonly services: string[] = [];
  lifetimeMs = 45 * 60_000;
  /** The most requests that were ever open at once. */
  concurrentPeak = 0;
  /** Called with each answer as it goes out. */
  onAnswer: (reply: ServiceReply) => void = () => undefined;
  #open = 0;
  #issued = 0;

  /** The answers to the next requests, in order. */
  then(...replies: Script[]): this {
    this.#script.push(...replies);
    return this;
  }

  /** The next request waits until the returned function gives the answer. */
  thenHold(): (reply?: ServiceReply) => void {
    const { promise, resolve } = Promise.withResolvers<ServiceReply>();
    this.#script.push(promise);
    return (reply = this.issue()) => resolve(reply);
  }

  /** Forgets the answers that nobody has asked for. */
  forgetScript(): void {
    this.#script.length = 0;
  }

  get generations(): number {
    return this.#issued;
  }

  get posts(): number {
    return this.logins.length + this.refreshes.length;
  }

  issue(): ServiceReply {
    this.#issued += 1;
    return {
      kind: 'issued',
      tokens: {
        accessToken: new Secret(`access-${this.#issued}`),
        refreshToken: new Secret(`refresh-${this.#issued}`),
        lifetimeMs: this.lifetimeMs,
      },
    };
  }

  logIn(service: string, credentials: Credentials): Promise<ServiceReply> {
    this.services.push(service);
    this.logins.push(credentials);
    return this.#answer();
  }

  refresh(service: string, refreshToken: RefreshToken): Promise<ServiceReply> {
    this.services.push(service);
    this.refreshes.push(refreshToken);
    return this.#answer();
  }

  async #answer(): Promise<ServiceReply> {
    this.#open += 1;
    this.concurrentPeak = Math.max(this.concurrentPeak, this.#open);
    const next = this.#script.shift() ?? (() => this.issue());
    const reply = await (typeof next === 'function' ? next() : next);
    this.#open -= 1;
    this.onAnswer(reply);
    return reply;
  }
}

export const lostByTimeout: ServiceReply = {
  kind: 'lost',
  failure: { code: 'offline', host: 'auth.example.com', reason: 'timeout' },
};
export const lostByError: ServiceReply = { kind: 'lost', failure: { code: 'service_error', status: 503 } };
export const unsent: ServiceReply = {
  kind: 'unsent',
  failure: { code: 'offline', host: 'auth.example.com', reason: 'refused' },
};
export const refusedAsExpired: ServiceReply = { kind: 'refused', failure: { code: 'expired' } };
export const refusedAsSuspended: ServiceReply = { kind: 'refused', failure: { code: 'suspended' } };
export const wrongPassword: ServiceReply = { kind: 'refused', failure: { code: 'wrong_credentials' } };
