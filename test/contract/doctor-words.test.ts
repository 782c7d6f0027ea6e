import { describe, expect, it } from 'vitest';
import {
  findingLevels,
  type Finding,
  type FindingCode,
  type WhyNoToken,
  type MemoryReason,
  type NoTokenReason,
} from '../../electron/contract/doctor-findings.ts';
import { problemReasons } from '../../electron/contract/problems.ts';
import { describeFinding } from '../../electron/contract/doctor-words.ts';
import {
  lockedReasons,
  type ConnectionReason,
  type UnwritableReason,
} from '../../electron/contract/failures.ts';
import type { PolicyTrouble } from '../../electron/contract/policy.ts';
import type { KeyStoreName } from '../../electron/contract/session-states.ts';

// A code or a reason that is missing here does not compile, so none is ever without its words.
const unwritable: Record<UnwritableReason, true> = {
  disk_full: true,
  read_only: true,
  no_permission: true,
  newer_version: true,
  not_a_file: true,
  changed_meanwhile: true,
  open_to_others: true,
  input_output: true,
};
const reach: Record<ConnectionReason, true> = {
  name: true,
  refused: true,
  local_network: true,
  certificate: true,
  certificate_expired: true,
  certificate_not_yet_valid: true,
  proxy: true,
  proxy_address: true,
  timeout: true,
  cut: true,
};
const memory: Record<MemoryReason, true> = {
  asked: true,
  none: true,
  locked: true,
  denied: true,
  no_prompt: true,
  running: true,
};
const stores: Record<Exclude<KeyStoreName, 'memory'>, true> = {
  'safe-storage': true,
  keyring: true,
  passphrase: true,
};
const keysOf = <Key extends string>(record: Record<Key, true>) => Object.keys(record) as Key[];
const reasons = keysOf(unwritable);

const home = '/home/anna/tt';
const file = 'vault.keyring.json';
const host = 'auth.example.com';
const port = 7_145;
const holders = [
  { pid: 4711, program: 'nginx' },
  { pid: 4711, program: null },
  { pid: null, program: null },
];
const policy = '/etc/token-tray/policy.json';
const policyTroubles: readonly PolicyTrouble[] = [
  { kind: 'not_json' },
  { kind: 'unknown_key', key: 'prot' },
  { kind: 'bad_value', key: 'port' },
  { kind: 'not_administrators' },
  { kind: 'unchecked' },
  { kind: 'unreadable' },
];
const account = 'anna@warehouse.example';
const until = '2026-01-05T14:05:00.000Z';
const whys: Record<NoTokenReason, true> = {
  no_account: true,
  signed_out: true,
  signing_in: true,
  needs_sign_in: true,
  suspended: true,
  paused: true,
  offline: true,
  service_error: true,
  rate_limited: true,
  budget_exhausted: true,
  locked: true,
  not_saved: true,
};
const everyWhy: readonly WhyNoToken[] = [
  ...keysOf(whys).map((why) => ({ why, reason: null, retryAt: null })),
  ...problemReasons.map((reason) => ({ why: 'offline' as const, reason, retryAt: until })),
];
const details = ['no such object', null];

const every: { [Code in FindingCode]: Extract<Finding, { code: Code }>[] } = {
  home_good: [{ code: 'home_good', home }],
  home_unchecked: [{ code: 'home_unchecked', home }],
  home_missing: [{ code: 'home_missing', home }],
  home_not_a_folder: [{ code: 'home_not_a_folder', home }],
  home_unreadable: reasons.map((reason) => ({ code: 'home_unreadable', home, reason })),
  home_open: [{ code: 'home_open', home, mode: '0755' }],
  home_foreign: [{ code: 'home_foreign', home, owner: 1001 }],
  home_unwritable: reasons.map((reason) => ({ code: 'home_unwritable', home, reason })),
  files_good: [{ code: 'files_good' }],
  file_open: [{ code: 'file_open', file, mode: '0644' }],
  file_foreign: [{ code: 'file_foreign', file, owner: 1001 }],
  file_shared: [{ code: 'file_shared', file, names: 2 }],
  file_not_regular: [{ code: 'file_not_regular', file }],
  file_unreadable: reasons.map((reason) => ({ code: 'file_unreadable', file, reason })),
  file_unwritable: reasons.map((reason) => ({ code: 'file_unwritable', file, reason })),
  file_corrupt: [{ code: 'file_corrupt', file }],
  file_too_large: [{ code: 'file_too_large', file: 'ledger.jsonl', bytes: 70 * 2 ** 20, most: 64 * 2 ** 20 }],
  ledger_damaged: [1, 7].map((lines) => ({ code: 'ledger_damaged', lines })),
  setting_ignored: [{ code: 'setting_ignored', name: 'furtherHosts.orders' }],
  disk_good: [{ code: 'disk_good', freeBytes: 2 ** 40 }],
  disk_low: [{ code: 'disk_low', freeBytes: 2 ** 21 }],
  disk_full: [{ code: 'disk_full', freeBytes: 0 }],
  stale_files: [{ code: 'stale_files', files: ['endpoint.json', 'curlrc'] }],
  temporary_files: [{ code: 'temporary_files', files: ['settings.json.tmp-0123456789abcdef'] }],
  files_set_aside: [{ code: 'files_set_aside', files: ['vault.keyring.json.corrupt-2026'] }],
  open_requests: [
    { code: 'open_requests', count: 1 },
    { code: 'open_requests', count: 2 },
  ],
  key_store_good: keysOf(stores).map((store) => ({ code: 'key_store_good', store })),
  memory_only: keysOf(memory).flatMap((why) =>
    details.map((detail) => ({ code: 'memory_only' as const, why, detail })),
  ),
  key_store_locked: details.flatMap((detail) => [
    ...lockedReasons
      .filter((reason) => reason !== 'passphrase')
      .flatMap((reason) => [
        { code: 'key_store_locked' as const, detail, stored: true, reason },
        { code: 'key_store_locked' as const, detail, stored: false, reason },
      ]),
  ]),
  key_store_gone: details.map((detail) => ({ code: 'key_store_gone', detail })),
  key_store_not_asked: [{ code: 'key_store_not_asked' }],
  key_store_unknown: [{ code: 'key_store_unknown' }],
  key_lost: [{ code: 'key_lost' }],
  passphrase_missing: [{ code: 'passphrase_missing' }],
  passphrase_wrong: [{ code: 'passphrase_wrong' }],
  stored_elsewhere: [
    { code: 'stored_elsewhere', account: 'anna@warehouse.example', protection: 'safe-storage' },
  ],
  running: [{ code: 'running', pid: 4711, url: 'http://127.0.0.1:7145' }],
  not_running: [{ code: 'not_running', home }],
  owner_silent: [
    { code: 'owner_silent', pid: 4711 },
    { code: 'owner_silent', pid: null },
  ],
  owner_file_missing: (['endpoint.json', 'curlrc', 'endpoint.sock'] as const).flatMap((name) =>
    [4711, null].map((pid) => ({ code: 'owner_file_missing' as const, file: name, pid })),
  ),
  owner_outdated: [{ code: 'owner_outdated', pid: 4711 }],
  tool_gets_token: [{ code: 'tool_gets_token', account, until }],
  tool_gets_new_token: [{ code: 'tool_gets_new_token', account }],
  token_not_renewed: everyWhy.map((why) => ({ code: 'token_not_renewed', account, until, ...why })),
  token_ends: everyWhy.map((why) => ({ code: 'token_ends', account, until, ...why })),
  tool_gets_nothing: everyWhy.flatMap((why) =>
    [account, null].map((whose) => ({ code: 'tool_gets_nothing' as const, account: whose, ...why })),
  ),
  programs_off: [{ code: 'programs_off' }],
  no_key_served: [{ code: 'no_key_served' }],
  port_free: [{ code: 'port_free', port }],
  default_port_taken: holders.map((holder) => ({ code: 'default_port_taken', port, ...holder })),
  set_port_taken: holders.map((holder) => ({ code: 'set_port_taken', port, ...holder })),
  set_port_not_allowed: [{ code: 'set_port_not_allowed', port: 80 }],
  port_shared: holders.map((holder) => ({ code: 'port_shared', port, address: '[::1]', ...holder })),
  socket_path_too_long: [{ code: 'socket_path_too_long', bytes: 120 }],
  local_requests_proxied: [{ code: 'local_requests_proxied', proxy: 'proxy.example.com:3128' }],
  service_address_bad: [{ code: 'service_address_bad', address: 'ftp://example.com' }],
  service_address_insecure: [{ code: 'service_address_insecure', address: 'http://example.com' }],
  service_reached: [
    { code: 'service_reached', host, proxy: 'proxy.example.com:3128' },
    { code: 'service_reached', host, proxy: null },
  ],
  service_unreachable: keysOf(reach).map((reason) => ({
    code: 'service_unreachable',
    host,
    proxy: null,
    reason,
  })),
  service_in_trouble: [{ code: 'service_in_trouble', host, status: 503 }],
  clock_good: [{ code: 'clock_good', host }],
  clock_wrong: [90, -7200].map((seconds) => ({ code: 'clock_wrong', host, seconds })),
  clock_unknown: [{ code: 'clock_unknown', host }],
  certificates_good: [{ code: 'certificates_good', count: 140 }],
  certificates_unreadable: [{ code: 'certificates_unreadable' }],
  certificates_refused: [{ code: 'certificates_refused', count: 140 }],
  certificates_unchecked: [{ code: 'certificates_unchecked' }],
  node_good: [{ code: 'node_good', version: '24.21.0' }],
  managed: [{ code: 'managed', path: policy, names: ['service', 'port'] }],
  policy_wrong: policyTroubles.map((trouble) => ({ code: 'policy_wrong', path: policy, trouble })),
  node_old: [{ code: 'node_old', version: '20.1.0', needed: '24.5' }],
};
const findings: Finding[] = Object.values(every).flat();

describe('every finding of the union', () => {
  it.each(findings)('has one sentence, and a remedy unless it is good: %o', (finding) => {
    const { sentence, remedy } = describeFinding(finding);
    expect(sentence).toMatch(/^[“\p{Lu}\dv][^\n]*\.$/u);
    if (findingLevels[finding.code] === 'good') expect(remedy).toBeNull();
    else
      expect(remedy).toMatch(
        /^\p{Lu}[^\n]*(?:\.|token-tray (?:agent|login|resume|tools add NAME)|chmod 700 \S+)$/u,
      );
  });

  it.each(findings)('speaks to a person, not to a programmer: %o', (finding) => {
    const { sentence, remedy } = describeFinding(finding);
    const text = `${sentence} ${remedy ?? ''}`;
    expect(text).not.toMatch(/please|sorry|oops|invalid|forbidden|undefined|null/i);
    // No bare code: what a person reads has no underscores, but for the variables that can be set.
    expect(text.replace(/TOKEN_TRAY_\w+|NODE_TLS_REJECT_UNAUTHORIZED|\w+_proxy\b/g, '')).not.toMatch(/_/);
  });

  it('says the same in Arabic: complete, in Latin digits, and in Latin letters only what reads from left to right', () => {
    for (const finding of findings) {
      const { sentence, remedy } = describeFinding(finding, 'ar');
      expect(remedy === null).toBe(describeFinding(finding).remedy === null);
      for (const text of [sentence, remedy ?? '']) {
        expect(text).not.toMatch(/undefined|null|[٠-٩]/);
        const prose = text.replace(/\u2066[^\u2069]*\u2069|Token Tray|Node\.js/g, '');
        expect(prose).not.toMatch(/[A-Za-z]/);
      }
      expect(sentence).toMatch(/\p{Script=Arabic}[^\n]*\.$/u);
    }
  });

  it('says a clock’s error in words and by its direction', () => {
    const words = (seconds: number) => describeFinding({ code: 'clock_wrong', host, seconds }).sentence;
    expect(words(90)).toContain('90 seconds ahead of');
    expect(words(-7_300)).toContain('2 hours behind');
    expect(words(3 * 86_400)).toContain('3 days ahead of');
  });
});
