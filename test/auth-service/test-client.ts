import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import { z } from 'zod';
import type { AuthService } from './auth-service.ts';
import { loginPath, orderListPath, refreshPath } from './routes.ts';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text read as JSON, or undefined where it is none. */
  readonly body: unknown;
}

const basicTokens = z.strictObject({ access: z.string(), refresh: z.string() });
const refreshedTokens = z.strictObject({
  status: z.literal(true),
  data: z.strictObject({ access_token: z.string(), refresh_token: z.string() }),
});

const demoUser = 'demo@example.com:correct horse';

// Vitest types its matchers `any`, which the linter keeps out of the tests.
export const anyString: unknown = expect.any(String);
export const containing = (part: string): unknown => expect.stringContaining(part);

/** Speaks to an auth service as a well-behaved client does, and as `request` wants it. */
export class TestClient {
  readonly #service: AuthService;

  constructor(service: AuthService) {
    this.#service = service;
  }

  async request(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(this.#service.url + path, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parseJson(text) };
  }

  postJson(path: string, value: unknown): Promise<Reply> {
    const headers = { 'content-type': 'application/json' };
    return this.request(path, { method: 'POST', headers, body: JSON.stringify(value) });
  }

  loginByBasic(userPass = demoUser): Promise<Reply> {
    const authorization = `Basic ${Buffer.from(userPass, 'utf8').toString('base64')}`;
    return this.request(loginPath, { method: 'POST', headers: { authorization } });
  }

  refresh(refreshToken: string): Promise<Reply> {
    return this.postJson(refreshPath, { refresh_token: refreshToken });
  }

  orderList(accessToken: string): Promise<Reply> {
    return this.request(orderListPath, { headers: { authorization: `Bearer ${accessToken}` } });
  }

  /** Logs in by Basic, which is expected to succeed. */
  async tokens(userPass = demoUser): Promise<{ access: string; refresh: string }> {
    return basicTokens.parse((await this.loginByBasic(userPass)).body);
  }

  /** Refreshes with rotation, which is expected to succeed. */
  async rotated(refreshToken: string): Promise<{ access: string; refresh: string }> {
    const { data } = refreshedTokens.parse((await this.refresh(refreshToken)).body);
    return { access: data.access_token, refresh: data.refresh_token };
  }
}

/** A clock that moves only when told to; milliseconds since the epoch, seconds to advance by. */
export class ManualClock {
  #now = Date.UTC(2026, 10, 23, 9, 0, 0, 250);

  readonly now = (): number => this.#now;

  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

/** Delays that end when the test says so; asked for in milliseconds. */
export class HeldDelays {
  readonly asked: number[] = [];
  readonly #held = Promise.withResolvers<undefined>();

  readonly wait = async (milliseconds: number): Promise<void> => {
    this.asked.push(milliseconds);
    await this.#held.promise;
  };

  release(): void {
    this.#held.resolve(undefined);
  }
}

/** Sends a refresh over a connection of its own, to see the very bytes that come back. */
export function rawRefresh(service: AuthService, refreshToken: string): Socket {
  const body = JSON.stringify({ refresh_token: refreshToken });
  const socket = connect(service.port, '127.0.0.1');
  socket.write(
    `POST ${refreshPath} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
