import { describe, expect, it } from 'vitest';
import { makePrivateOnWindows } from '../../electron/adapters/windows-private-folder.ts';

const me = 'S-1-5-21-1004336348-1177238915-682003330-1001';

describe('a folder on Windows', () => {
  it('W8 is given to this user and the administrators alone, by programs of System32', async () => {
    const calls: string[][] = [];
    const isPrivate = await makePrivateOnWindows(String.raw`D:\Token Tray`, async (program, args) => {
      calls.push([program, ...args]);
      return program.endsWith('whoami.exe') ? `"desk\\anna","${me}"\r\n` : '';
    });
    expect(isPrivate).toBe(true);
    expect(calls.every(([program]) => /^[A-Z]:\\.*\\System32\\\w+\.exe$/i.test(program ?? ''))).toBe(true);
    expect(calls.slice(1).map((call) => call.slice(1))).toEqual([
      [String.raw`D:\Token Tray`, '/reset', '/q'],
      [
        String.raw`D:\Token Tray`,
        '/inheritance:r',
        '/grant:r',
        ...[me, 'S-1-5-18', 'S-1-5-32-544'].map((sid) => `*${sid}:(OI)(CI)F`),
        '/q',
      ],
      [String.raw`D:\Token Tray`, '/setowner', `*${me}`, '/q'],
    ]);
  });

  it.each([
    ['Windows does not name the user', async () => ''],
    [
      'the rights cannot be set',
      async (program: string) => {
        if (program.endsWith('whoami.exe')) return `"desk\\anna","${me}"`;
        throw new Error('icacls ended with exit code 5');
      },
    ],
  ] as const)('W8 is not called private where %s', async (_, run) => {
    expect(await makePrivateOnWindows('D:\\home', run)).toBe(false);
  });
});
