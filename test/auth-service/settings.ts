import { setTimeout as timer } from 'node:timers/promises';

/** More than `generations` logins and refreshes answered with new tokens within `seconds` suspend the account. */
export interface SuspensionRule {
  readonly generations: number;
  readonly seconds: number;
}

/** How the auth service behaves. Lifetimes and grace are in seconds, as the access token's own `exp` is. */
export interface AuthServiceSettings {
  /** Password by username. */
  readonly users: Readonly<Record<string, string>>;
  readonly accessLifetime: number;
  readonly refreshLifetime: number;
  /** A refresh answers with a new refresh token and spends the one presented (RFC 6749 §6). */
  readonly rotation: boolean;
  /** A spent refresh token, presented again, ends its whole session (RFC 9700 §4.14.2). */
  readonly reuseDetection: boolean;
  /** For so long a spent refresh token is answered with the same new pair again; 0 is never. */
  readonly rotationGrace: number;
  readonly suspendAfter: SuspensionRule | null;
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Milliseconds since the epoch. Everything here that expires goes by this clock, and so does the `Date` header. */
  readonly now: () => number;
  /** How a fault's delay is waited for: settles after that many milliseconds, or rejects once `signal` aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const day = 24 * 60 * 60;

export const defaultSettings: AuthServiceSettings = {
  users: { 'demo@example.com': 'correct horse' },
  accessLifetime: 45 * 60,
  refreshLifetime: 30 * day,
  rotation: true,
  reuseDetection: false,
  rotationGrace: 0,
  suspendAfter: null,
  port: 0,
  now: () => Date.now(),
  wait: (milliseconds, signal) => timer(milliseconds, undefined, { signal }),
};
