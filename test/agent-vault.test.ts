import { describe, expect, it } from 'vitest';
import { memoryRemark } from '../electron/agent-vault.ts';

describe('an agent that keeps sessions in memory', () => {
  it('W6 says what the key store said, and names the passphrase', () => {
    const detail = 'A specified logon session does not exist.\r\nIt may already have been terminated.';
    const remark = memoryRemark({ kind: 'memory', why: 'locked', detail });
    expect(remark).toContain(
      'cannot be used now (it says: A specified logon session does not exist. It may already have been terminated.)',
    );
    expect(remark).toContain('start again with TOKEN_TRAY_PASSPHRASE or TOKEN_TRAY_PASSPHRASE_FILE');
    expect(remark).not.toContain('locked');
    const none = memoryRemark({ kind: 'memory', why: 'none', detail: null });
    expect(none).toMatch(/^There is no key store here, and TOKEN_TRAY_PASSPHRASE is not set/);
    expect(memoryRemark({ kind: 'memory', why: 'asked', detail: null })).not.toContain('PASSPHRASE');
  });
});
