import { describe, expect, it } from 'vitest';
import type { Failure, FailureCode } from '../../electron/contract/failures.ts';
import { failureText } from '../../electron/contract/failure-words.ts';
import { problemWords } from '../../electron/contract/problem-words.ts';
import { problemStatus, type ProblemCode } from '../../electron/contract/problems.ts';
import type { Answer } from '../../electron/endpoint/answer.ts';
import { failureAnswer } from '../../electron/endpoint/failure-problem.ts';
import { problemAnswer } from '../../electron/endpoint/problem.ts';

const now = Date.UTC(2026, 0, 2);

function header(answer: Answer, name: string): string | undefined {
  const at = answer.headers.indexOf(name);
  return at === -1 ? undefined : answer.headers[at + 1];
}

describe('a problem answer', () => {
  it.each(Object.keys(problemStatus) as ProblemCode[])('%s has its status, words and length', (code) => {
    const answer = problemAnswer(code);
    expect(answer.status).toBe(problemStatus[code]);
    expect(JSON.parse(answer.body)).toEqual({
      type: `urn:token-tray:problem:${code}`,
      title: problemWords[code].title,
      status: problemStatus[code],
      code,
      detail: problemWords[code].detail,
    });
    expect(header(answer, 'Content-Type')).toBe('application/problem+json');
    expect(header(answer, 'Content-Length')).toBe(String(Buffer.byteLength(answer.body)));
    expect(header(answer, 'Cache-Control')).toBe('no-store');
  });

  it('ends the connection where the request was wrong, and keeps it where only the time was', () => {
    const closing = (Object.keys(problemStatus) as ProblemCode[]).filter(
      (code) => header(problemAnswer(code), 'Connection') === 'close',
    );
    expect(closing).toEqual([
      'bad_request',
      'bad_key',
      'forbidden',
      'forbidden_origin',
      'forbidden_host',
      'not_found',
      'method_not_allowed',
      'too_large',
    ]);
  });

  it('E51 asks for a Bearer key on 401, and for one that may do more on 403 (RFC 6750 §3)', () => {
    const challenges = (Object.keys(problemStatus) as ProblemCode[]).flatMap((code) => {
      const challenge = header(problemAnswer(code), 'WWW-Authenticate');
      return challenge === undefined ? [] : [[code, challenge]];
    });
    expect(challenges).toEqual([
      ['bad_key', 'Bearer realm="Token Tray"'],
      ['forbidden', 'Bearer realm="Token Tray", error="insufficient_scope"'],
    ]);
  });

  it.each([
    [12, '12'],
    [11.01, '12'],
    [0, '1'],
    [-5, '1'],
  ])('rounds a wait of %d s up to whole seconds from 1', (seconds, written) => {
    expect(header(problemAnswer('paused', { retryAfterSeconds: seconds }), 'Retry-After')).toBe(written);
  });

  it('adds the state and the failure’s code where they are known', () => {
    const answer = problemAnswer('signed_out', {
      state: 'needs_sign_in',
      failure: 'expired',
      detail: 'Words.',
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      state: 'needs_sign_in',
      failure: 'expired',
      detail: 'Words.',
    });
  });
});

interface Expected<Code extends FailureCode> {
  readonly failure: Extract<Failure, { code: Code }>;
  readonly problem: ProblemCode;
  readonly retryAfter?: string;
}

const expected: { readonly [Code in FailureCode]: Expected<Code> } = {
  wrong_credentials: { failure: { code: 'wrong_credentials' }, problem: 'signed_out' },
  cancelled: { failure: { code: 'cancelled' }, problem: 'signed_out' },
  expired: { failure: { code: 'expired' }, problem: 'signed_out' },
  suspended: { failure: { code: 'suspended' }, problem: 'suspended' },
  rate_limited: {
    failure: { code: 'rate_limited', retryAt: now + 90_500 },
    problem: 'rate_limited',
    retryAfter: '91',
  },
  budget_exhausted: {
    failure: { code: 'budget_exhausted', retryAt: now + 600_000 },
    problem: 'budget_exhausted',
    retryAfter: '600',
  },
  sign_in_backoff: {
    failure: { code: 'sign_in_backoff', retryAt: now + 4_200 },
    problem: 'budget_exhausted',
    retryAfter: '5',
  },
  offline: {
    failure: { code: 'offline', host: 'auth.example.com', reason: 'name' },
    problem: 'offline',
    retryAfter: '5',
  },
  same_token: { failure: { code: 'same_token' }, problem: 'service_error' },
  stopping: { failure: { code: 'stopping' }, problem: 'offline', retryAfter: '5' },
  service_error: { failure: { code: 'service_error', status: 500 }, problem: 'service_error' },
  unreadable_answer: {
    failure: { code: 'unreadable_answer', missing: 'access_token' },
    problem: 'service_error',
  },
  vault_locked: { failure: { code: 'vault_locked', reason: 'key_store' }, problem: 'locked' },
  vault_unwritable: { failure: { code: 'vault_unwritable', reason: 'disk_full' }, problem: 'not_saved' },
  not_removed: { failure: { code: 'not_removed', reason: 'read_only' }, problem: 'not_saved' },
  unknown_account: { failure: { code: 'unknown_account', account: 'x' }, problem: 'not_found' },
  bad_service_address: { failure: { code: 'bad_service_address', address: 'x' }, problem: 'bad_request' },
  insecure_service: { failure: { code: 'insecure_service', address: 'http://x' }, problem: 'bad_request' },
  username_with_colon: { failure: { code: 'username_with_colon' }, problem: 'bad_request' },
  username_not_text: { failure: { code: 'username_not_text' }, problem: 'bad_request' },
  password_not_text: { failure: { code: 'password_not_text' }, problem: 'bad_request' },
  empty_username: { failure: { code: 'empty_username' }, problem: 'bad_request' },
  empty_password: { failure: { code: 'empty_password' }, problem: 'bad_request' },
  choice_not_saved: { failure: { code: 'choice_not_saved' }, problem: 'not_saved' },
  choice_managed: { failure: { code: 'choice_managed' }, problem: 'forbidden' },
  tools_unwritable: { failure: { code: 'tools_unwritable', reason: 'disk_full' }, problem: 'not_saved' },
  tools_unreadable: { failure: { code: 'tools_unreadable', reason: 'read_only' }, problem: 'not_saved' },
  ledger_unreadable: { failure: { code: 'ledger_unreadable' }, problem: 'service_error' },
  bad_tool_name: { failure: { code: 'bad_tool_name' }, problem: 'bad_request' },
  tool_exists: { failure: { code: 'tool_exists', tool: 'x' }, problem: 'bad_request' },
  unknown_tool: { failure: { code: 'unknown_tool', tool: 'x' }, problem: 'not_found' },
  home_taken: { failure: { code: 'home_taken', pid: 1 }, problem: 'service_error' },
  app_not_locked: { failure: { code: 'app_not_locked', folder: 'x' }, problem: 'service_error' },
  home_unusable: {
    failure: { code: 'home_unusable', home: 'x', reason: 'read_only' },
    problem: 'service_error',
  },
  port_taken: { failure: { code: 'port_taken', port: 1 }, problem: 'service_error' },
  owner_unreachable: {
    failure: { code: 'owner_unreachable', home: 'x', pid: 1, missing: null },
    problem: 'service_error',
  },
  still_running: { failure: { code: 'still_running', pid: 1 }, problem: 'service_error' },
  not_running: { failure: { code: 'not_running', home: 'x' }, problem: 'service_error' },
};

describe('the answer to a failure', () => {
  it.each(Object.values(expected))(
    'of $failure.code is the problem $problem',
    ({ failure, problem, retryAfter }) => {
      const answer = failureAnswer(failure, now);
      expect(JSON.parse(answer.body)).toMatchObject({
        code: problem,
        status: problemStatus[problem],
        failure: failure.code,
        detail: failureText(failure),
      });
      expect(header(answer, 'Retry-After')).toBe(retryAfter);
    },
  );
});
