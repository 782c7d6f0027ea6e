import { describe, expect, it } from 'vitest';
import { describeFailure, failureText } from '../../electron/contract/failure-words.ts';
import type {
  Failure,
  FailureCode,
  LockedReason,
  MissingPart,
  OfflineReason,
  UnwritableReason,
} from '../../electron/contract/failures.ts';

// A code or a reason that is missing here does not compile, so none is ever without its words.
const missing: Record<MissingPart, true> = { json: true, access_token: true, refresh_token: true };
const locked: Record<LockedReason, true> = { key_store: true, passphrase: true };
const offline: Record<OfflineReason, true> = {
  name: true,
  refused: true,
  certificate: true,
  proxy: true,
  timeout: true,
  cut: true,
  waking: true,
  waiting: true,
};
const unwritable: Record<UnwritableReason, true> = {
  disk_full: true,
  read_only: true,
  no_permission: true,
  newer_version: true,
  not_a_file: true,
  changed_meanwhile: true,
  input_output: true,
};
const homeReasons = [
  ...(Object.keys(unwritable) as UnwritableReason[]),
  'not_a_folder',
  'shared_folder',
] as const;
const unwritableReasons = Object.keys(unwritable) as UnwritableReason[];
const retryAt = new Date(2026, 10, 23, 10, 42).getTime();
const every: { [Code in FailureCode]: Extract<Failure, { code: Code }>[] } = {
  wrong_credentials: [{ code: 'wrong_credentials' }],
  expired: [{ code: 'expired' }],
  suspended: [{ code: 'suspended' }],
  rate_limited: [{ code: 'rate_limited', retryAt }],
  offline: (Object.keys(offline) as OfflineReason[]).map((reason) => {
    return { code: 'offline', host: 'auth.example.com', reason };
  }),
  service_error: [{ code: 'service_error', status: 503 }],
  unreadable_answer: (Object.keys(missing) as MissingPart[]).map((part) => {
    return { code: 'unreadable_answer', missing: part };
  }),
  vault_locked: (Object.keys(locked) as LockedReason[]).map((reason) => ({ code: 'vault_locked', reason })),
  vault_unwritable: unwritableReasons.map((reason) => ({ code: 'vault_unwritable', reason })),
  cancelled: [{ code: 'cancelled' }],
  bad_service_address: [{ code: 'bad_service_address', address: 'ftp://example.com' }],
  insecure_service: [{ code: 'insecure_service', address: 'http://example.com' }],
  username_with_colon: [{ code: 'username_with_colon' }],
  empty_username: [{ code: 'empty_username' }],
  empty_password: [{ code: 'empty_password' }],
  budget_exhausted: [{ code: 'budget_exhausted', retryAt }],
  unknown_account: [{ code: 'unknown_account', account: 'eve' }],
  not_removed: unwritableReasons.map((reason) => ({ code: 'not_removed', reason })),
  choice_not_saved: [{ code: 'choice_not_saved' }],
  ledger_unreadable: [{ code: 'ledger_unreadable' }],
  bad_tool_name: [{ code: 'bad_tool_name' }],
  tool_exists: [{ code: 'tool_exists', tool: 'report' }],
  unknown_tool: [{ code: 'unknown_tool', tool: 'report' }],
  tools_unwritable: unwritableReasons.map((reason) => ({ code: 'tools_unwritable', reason })),
  tools_unreadable: unwritableReasons.map((reason) => ({ code: 'tools_unreadable', reason })),
  home_taken: [
    { code: 'home_taken', pid: 4711 },
    { code: 'home_taken', pid: null },
  ],
  home_unusable: homeReasons.map((reason) => ({
    code: 'home_unusable',
    home: '/home/anna/tt',
    reason,
  })),
  port_taken: [{ code: 'port_taken', port: 47145 }],
  not_running: [{ code: 'not_running', home: '/home/anna/tt' }],
};
const failures: Failure[] = Object.values(every).flat();

describe('every failure of the union', () => {
  it.each(failures)('has one sentence and one remedy: %o', (failure) => {
    const { sentence, remedy } = describeFailure(failure);
    for (const words of [sentence, remedy])
      expect(words).toMatch(/^[“\p{Lu}/][^\n]*\.$|token-tray [\w ]+$|login$/u);
    expect(sentence).not.toBe(remedy);
  });

  it.each(failures)('speaks to a person, not to a programmer: %o', (failure) => {
    const text = failureText(failure);
    expect(text).not.toMatch(/please|sorry|oops|invalid|forbidden|undefined|null|\bHOST\b/i);
    // No bare code: what a person reads has no underscores, but for the variable that is to be set.
    expect(text.replace('TOKEN_TRAY_PASSPHRASE', '')).not.toMatch(/_/);
  });

  it('names the time of day where there is one', () => {
    expect(failureText({ code: 'rate_limited', retryAt })).toContain('10:42');
    expect(failureText({ code: 'budget_exhausted', retryAt })).toContain('10:42');
  });
});
