import { describe, expect, it } from 'vitest';
import { isAdministrators, ownedByAdministrators } from '../../electron/adapters/windows-owner.ts';

describe('an owner as Windows tells it', () => {
  it('is an administrator by its id alone, whatever the system calls it', () => {
    expect(isAdministrators('S-1-5-32-544\r\n')).toBe(true);
    expect(isAdministrators('S-1-5-18')).toBe(true);
    for (const other of [
      '',
      'S-1-5-21-1-2-3-1001',
      'BUILTIN\\Administrators',
      'S-1-5-32-545\r\nS-1-5-32-544',
    ]) {
      expect(isAdministrators(other)).toBe(false);
    }
  });

  it('is none where the system does not answer', async () => {
    expect(await ownedByAdministrators('/nonexistent/policy.json')).toBe(false);
  });
});
