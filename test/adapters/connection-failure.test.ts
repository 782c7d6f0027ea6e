import { describe, expect, it } from 'vitest';
import { failureText } from '../../electron/contract/failure-words.ts';
import { connectionFailure } from '../../electron/contract/failures.ts';
import { lostReason, TimeLimitError, unsentReason } from '../../electron/adapters/connection-failure.ts';

const coded = (code: unknown) => Object.assign(new Error('text that nobody looks at: ENOTFOUND'), { code });

describe('the word for a connection that failed', () => {
  it.each([
    ['ENOTFOUND', 'name'],
    ['EAI_AGAIN', 'name'],
    ['ECONNREFUSED', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'refused'],
    ['ECONNRESET', 'cut'],
    ['ETIMEDOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate_expired'],
    ['CERT_NOT_YET_VALID', 'certificate_not_yet_valid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    [undefined, 'refused'],
    [7, 'refused'],
  ])('N8 S12 is chosen by the error’s code, before the request left: %s', (code, reason) => {
    expect(unsentReason(coded(code), false)).toBe(reason);
  });

  it.each([
    ['ENOTFOUND', 'proxy'],
    ['ECONNREFUSED', 'proxy'],
    ['ERR_PROXY', 'proxy'],
    ['ECONNRESET', 'proxy'],
    ['ERR_INVALID_URL', 'proxy'],
    ['ETIMEDOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'certificate_expired'],
    ['CERT_NOT_YET_VALID', 'certificate_not_yet_valid'],
  ])('N8 S12 blames the proxy that stands before the service: %s', (code, reason) => {
    expect(unsentReason(coded(code), true)).toBe(reason);
  });

  it('M4 may be a permission that macOS withholds, where there is no route', () => {
    expect(unsentReason(coded('EHOSTUNREACH'), false, 'darwin')).toBe('local_network');
    expect(unsentReason(coded('EHOSTUNREACH'), true, 'darwin')).toBe('proxy');
    expect(unsentReason(coded('EHOSTUNREACH'), false, 'linux')).toBe('refused');
    const text = failureText(connectionFailure('nas.example', 'local_network', 0));
    expect(text).toContain('Privacy & Security, Local Network');
  });

  it('S22 is a time-out or a cut once it may have left', () => {
    expect(lostReason(new TimeLimitError())).toBe('timeout');
    expect(lostReason(new DOMException('', 'TimeoutError'))).toBe('timeout');
    expect(lostReason(coded('ECONNREFUSED'))).toBe('cut');
    expect(lostReason('no error at all')).toBe('cut');
  });
});
