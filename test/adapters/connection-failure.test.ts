import { describe, expect, it } from 'vitest';
import {
  certainlyUnsent,
  lostReason,
  TimeLimitError,
  unsentReason,
} from '../../electron/adapters/connection-failure.ts';

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
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    [undefined, 'refused'],
    [7, 'refused'],
  ])('S12 is chosen by the error’s code, before the request left: %s', (code, reason) => {
    expect(unsentReason(coded(code), false)).toBe(reason);
  });

  it.each([
    ['ENOTFOUND', 'proxy'],
    ['ECONNREFUSED', 'proxy'],
    ['UND_ERR_ABORTED', 'proxy'],
    ['UND_ERR_PRX_CONN', 'proxy'],
    ['ERR_INVALID_URL', 'proxy'],
    ['ETIMEDOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'certificate'],
  ])('S12 blames the proxy that stands before the service: %s', (code, reason) => {
    expect(unsentReason(coded(code), true)).toBe(reason);
  });

  it('S22 is a time-out or a cut once it may have left', () => {
    expect(lostReason(new TimeLimitError())).toBe('timeout');
    expect(lostReason(coded('ECONNREFUSED'))).toBe('cut');
    expect(lostReason('no error at all')).toBe('cut');
  });

  it.each([
    [Object.assign(coded('ECONNREFUSED'), { syscall: 'connect' }), true],
    [Object.assign(coded('ETIMEDOUT'), { syscall: 'connect' }), true],
    [Object.assign(coded('ENOTFOUND'), { syscall: 'getaddrinfo' }), true],
    [new AggregateError([Object.assign(coded('ECONNREFUSED'), { syscall: 'connect' })]), true],
    [coded('UND_ERR_CONNECT_TIMEOUT'), true],
    [coded('CERT_HAS_EXPIRED'), true],
    [Object.assign(coded('ETIMEDOUT'), { syscall: 'read' }), false],
    [Object.assign(coded('EHOSTUNREACH'), { syscall: 'read' }), false],
    [new AggregateError([]), false],
    [coded('ERR_ASSERTION'), false],
    [coded('UND_ERR_ABORTED'), false],
    [coded('UND_ERR_SOCKET'), false],
    [coded(undefined), false],
    ['no error at all', false],
  ])('E47 says “certainly not sent” of a connection that never was, and of nothing else: %#', (error, is) => {
    expect(certainlyUnsent(error, false)).toBe(is);
  });

  it.each(['UND_ERR_ABORTED', 'UND_ERR_PRX_CONN', 'UND_ERR_PRX_TLS', 'UND_ERR_SOCKS5'])(
    'E47 says so of a tunnel that a proxy refused: %s',
    (code) => {
      expect(certainlyUnsent(coded(code), true)).toBe(true);
    },
  );
});
