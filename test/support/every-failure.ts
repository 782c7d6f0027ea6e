import {
  connectionFailure,
  type ConnectionReason,
  type Failure,
  type FailureCode,
  type HoldReason,
  type LockedReason,
  type MissingPart,
  type UnwritableReason,
} from '../../electron/contract/failures.ts';

// A code or a reason that is missing here does not compile, so none is ever without its words.
const missing: Record<MissingPart, true> = { json: true, access_token: true, refresh_token: true };
const locked: Record<LockedReason, true> = {
  key_store: true,
  key_store_denied: true,
  key_store_no_prompt: true,
  key_store_restart: true,
  passphrase: true,
};
const connection: Record<ConnectionReason, true> = {
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
const hold: Record<HoldReason, true> = { uncertain: true, waking: true, store: true };
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
const homeReasons = [
  ...(Object.keys(unwritable) as UnwritableReason[]),
  'not_a_folder',
  'shared_folder',
  'bad_path',
] as const;
const unwritableReasons = Object.keys(unwritable) as UnwritableReason[];

/** The time that those name which name one: 10:42 on this computer's clock. */
export const retryAt = new Date(2026, 10, 23, 10, 42).getTime();

const every: { [Code in FailureCode]: Extract<Failure, { code: Code }>[] } = {
  wrong_credentials: [{ code: 'wrong_credentials' }],
  expired: [{ code: 'expired' }],
  suspended: [{ code: 'suspended' }],
  rate_limited: [{ code: 'rate_limited', retryAt }],
  offline: [
    ...(Object.keys(connection) as ConnectionReason[]).map((reason) =>
      connectionFailure('auth.example.com', reason, retryAt),
    ),
    ...(Object.keys(hold) as HoldReason[]).map((reason) => ({ code: 'offline', reason, retryAt }) as const),
  ],
  service_error: [{ code: 'service_error', status: 503 }],
  same_token: [{ code: 'same_token' }],
  unreadable_answer: (Object.keys(missing) as MissingPart[]).map((part) => {
    return { code: 'unreadable_answer', missing: part };
  }),
  vault_locked: (Object.keys(locked) as LockedReason[]).map((reason) => ({ code: 'vault_locked', reason })),
  vault_unwritable: unwritableReasons.map((reason) => ({ code: 'vault_unwritable', reason })),
  cancelled: [{ code: 'cancelled' }],
  stopping: [{ code: 'stopping' }],
  bad_service_address: [{ code: 'bad_service_address', address: 'ftp://example.com' }],
  insecure_service: [{ code: 'insecure_service', address: 'http://example.com' }],
  username_with_colon: [{ code: 'username_with_colon' }],
  username_not_text: [{ code: 'username_not_text' }],
  password_not_text: [{ code: 'password_not_text' }],
  empty_username: [{ code: 'empty_username' }],
  empty_password: [{ code: 'empty_password' }],
  budget_exhausted: [{ code: 'budget_exhausted', retryAt }],
  sign_in_backoff: [{ code: 'sign_in_backoff', retryAt }],
  unknown_account: [{ code: 'unknown_account', account: 'eve' }],
  not_removed: unwritableReasons.map((reason) => ({ code: 'not_removed', reason })),
  choice_not_saved: [{ code: 'choice_not_saved' }],
  choice_managed: [{ code: 'choice_managed' }],
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
  app_not_locked: [{ code: 'app_not_locked', folder: '/home/anna/tt/electron' }],
  port_taken: [{ code: 'port_taken', port: 7145 }],
  not_running: [{ code: 'not_running', home: '/home/anna/tt' }],
  owner_unreachable: [4711, null].flatMap((pid) =>
    ([null, 'endpoint.json', 'endpoint.sock'] as const).map((missing) => ({
      code: 'owner_unreachable',
      home: '/home/anna/tt',
      pid,
      missing,
    })),
  ),
  still_running: [4711, null].map((pid) => ({ code: 'still_running', pid })),
};

/** Each failure of the union, with each of its reasons. */
export const everyFailure: readonly Failure[] = Object.values(every).flat();
