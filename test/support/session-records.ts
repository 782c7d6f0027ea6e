import type { SessionRecord } from '../../electron/core/ports.ts';
import { Secret } from '../../electron/core/secret.ts';

const service = 'https://auth.example.com';

/** Anna's session after so many renewals: its tokens are `access-N` and `refresh-N`. */
export function session(number: number, changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    account: 'anna@warehouse.example',
    service,
    username: 'anna@warehouse.example',
    form: 'basic',
    refusal: null,
    tokens: {
      accessToken: new Secret(`access-${number}`),
      refreshToken: new Secret(`refresh-${number}`),
      lifetimeMs: 45 * 60_000,
      arrivedAt: Date.UTC(2026, 10, 23, 8),
      cause: 'tool',
    },
    ...changes,
  };
}

export function bensSession(number: number): SessionRecord {
  return session(number, { account: 'ben@warehouse.example', username: 'ben@warehouse.example' });
}
