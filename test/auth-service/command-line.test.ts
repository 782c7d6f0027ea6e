import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';
import { defaultSettings } from './settings.ts';

describe('the command line', () => {
  test('with no option leaves the defaults of the contract', () => {
    expect({ ...defaultSettings, ...readCommandLine([]) }).toMatchObject({
      users: { 'demo@example.com': 'correct horse' },
      accessLifetime: 2700,
      rotation: true,
      reuseDetection: false,
      rotationGrace: 0,
      suspendAfter: null,
    });
  });

  test('takes every option of the contract', () => {
    const args =
      '--access-lifetime 5 --refresh-lifetime 60 --no-rotation --reuse-detection --rotation-grace 0 --port 8080';
    expect(readCommandLine([...args.split(' '), '--suspend-after', '5/60'])).toEqual({
      accessLifetime: 5,
      refreshLifetime: 60,
      rotation: false,
      reuseDetection: true,
      rotationGrace: 0,
      suspendAfter: { generations: 5, seconds: 60 },
      port: 8080,
    });
  });

  test('takes several users in place of the demo user, with colons in their passwords', () => {
    expect(readCommandLine(['--user', 'a@example.com:x:y', '--user', 'b@example.com:z']).users).toEqual({
      'a@example.com': 'x:y',
      'b@example.com': 'z',
    });
  });

  test.each([
    ['--access-lifetime', '0'],
    ['--access-lifetime', '-5'],
    ['--access-lifetime', '1e3'],
    ['--refresh-lifetime', 'forever'],
    ['--refresh-lifetime', '9999999999'],
    ['--rotation-grace', '1.5'],
    ['--suspend-after', '5'],
    ['--suspend-after', '0/60'],
    ['--suspend-after', '5/60/1'],
    ['--port', '65536'],
    ['--port', ''],
    ['--user', 'demo@example.com'],
    ['--user', ':hunter22'],
    ['--user', 'demo@example.com:'],
    ['--access-lifetimes', '5'],
    ['--port'],
    ['start'],
  ])('refuses %s %s in one line that names it', (...args) => {
    const message = messageOf(args);
    expect(message).toMatch(/^error: .+$/);
    expect(message).toContain(args[0] === 'start' ? 'too many arguments' : args[0]);
    expect(message).not.toContain('hunter22');
  });
});

function messageOf(args: string[]): string {
  try {
    readCommandLine(args);
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  return 'taken';
}
