import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from '../../electron/launch-options.ts';

const none = { api: null, username: '', port: null, memoryOnly: false, devServer: null };
const packaged = true;

function read(args: readonly string[], env: Record<string, string>, release = packaged) {
  return readLaunchOptions(args, env, { packaged: release });
}

describe('the start of the tray app', () => {
  it('takes nothing from an empty command line', () => {
    expect(read([], {})).toEqual(none);
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
    expect(read([...args, '--hidden'], {})).toEqual({
      ...none,
      api: 'https://a.example',
      username: 'anna',
      port: 0,
    });
  });

  it('leaves out what is no value: an option without one, a port that is none, an empty variable', () => {
    expect(read(['--port=70000', '--username=', '--api'], { TOKEN_TRAY_API: '' })).toEqual(none);
    expect(read(['--port=1e3'], {}).port).toBeNull();
  });

  it('takes the address and the kind of storage from the environment', () => {
    const env = { TOKEN_TRAY_API: 'http://127.0.0.1:1', TOKEN_TRAY_KEY_STORE: 'memory' };
    expect(read([], env)).toMatchObject({ api: 'http://127.0.0.1:1', memoryOnly: true });
    expect(read(['--api=https://b.example'], env).api).toBe('https://b.example');
  });

  it('shows pages of a development server in no release', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' };
    expect(read([], env).devServer).toBeNull();
    expect(read([], env, false).devServer).toBe('http://localhost:5173');
  });

  it.each([
    'http://evil.example:5173',
    'https://localhost.evil.example',
    'http://localhost@evil.example',
    'x',
  ])('takes no page from another computer: %s', (url) => {
    expect(read([], { ELECTRON_RENDERER_URL: url }, false).devServer).toBeNull();
  });
});
