import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from '../../electron/launch-options.ts';

const none = { api: null, username: '', port: null, memoryOnly: false };

describe('the start of the tray app', () => {
  it('takes nothing from an empty command line', () => {
    expect(readLaunchOptions([], {})).toEqual(none);
  });

  it('takes address, email and port, with Chromium’s own switches in between', () => {
    const args = [
      '--ozone-platform=x11',
      '--api',
      'https://a.example',
      '--username=anna',
      '--port',
      '0',
      '.',
    ];
    expect(readLaunchOptions([...args, '--hidden'], {})).toEqual({
      ...none,
      api: 'https://a.example',
      username: 'anna',
      port: 0,
    });
  });

  it('leaves out what is no value: an option without one, a port that is none, an empty variable', () => {
    expect(readLaunchOptions(['--port=70000', '--username=', '--api'], { TOKEN_TRAY_API: '' })).toEqual(none);
    expect(readLaunchOptions(['--port=1e3'], {}).port).toBeNull();
  });

  it('takes the address and the kind of storage from the environment', () => {
    const env = { TOKEN_TRAY_API: 'http://127.0.0.1:1', TOKEN_TRAY_KEY_STORE: 'memory' };
    expect(readLaunchOptions([], env)).toMatchObject({ api: 'http://127.0.0.1:1', memoryOnly: true });
    expect(readLaunchOptions(['--api=https://b.example'], env).api).toBe('https://b.example');
  });
});
