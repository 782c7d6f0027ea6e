import type { AppView } from './app-view.ts';
import { findingLevels, type Finding } from './doctor-findings.ts';
import type { Choices } from './window-pages.ts';

export interface SupportDetailsParts {
  /** Of Token Tray, Electron and the like, by their names. */
  readonly versions: Readonly<Record<string, string>>;
  /** Such as `linux 6.1.0 x64`. */
  readonly system: string;
  readonly view: AppView;
  readonly choices: Choices;
  readonly startsAtLogin: boolean;
  readonly findings: readonly Finding[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * A description of a set-up that may be sent to anybody: versions, states, counts, choices, and the codes of what the
 * check found. Codes and figures alone: no account, no host, no path, no key and no token has a place in it.
 */
export function supportDetails(parts: SupportDetailsParts): string {
  const { versions, system, view, choices, startsAtLogin, findings, now } = parts;
  const { budget, tools, pausedUntil } = view;
  const lines = [
    ...Object.entries(versions).map(([name, version]) => `${name}: ${version}`),
    `system: ${system}`,
    `states: ${view.accounts.map(({ state }) => state).join(', ') || 'no account'}`,
    `shown: ${view.state}, token ${view.expiresAt !== null && view.expiresAt > now ? 'good' : 'none'}`,
    `key store: ${view.keyStore}${view.unprotectedStorage === null ? '' : `, unprotected: ${view.unprotectedStorage}`}`,
    `new tokens in 24 hours: ${budget.used} of ${budget.limit}${budget.nextAt === null ? '' : ', waiting'}`,
    `tools: ${tools.connected}, paused: ${yesNo(pausedUntil !== null && pausedUntil > now)}`,
    `usual port taken: ${yesNo(view.endpoint.moved)}`,
    `not saved: ${view.unsaved ?? 'nothing'}`,
    `starts at login: ${yesNo(startsAtLogin)}`,
    ...Object.entries(choices).map(([name, value]) => `${name}: ${String(value ?? 'usual')}`),
    ...findings.map(({ code }) => `check: ${findingLevels[code]} ${code}`),
  ];
  return `${lines.join('\n')}\n`;
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
