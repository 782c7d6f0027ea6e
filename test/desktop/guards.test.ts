import { describe, expect, it, vi } from 'vitest';
import type { Session } from 'electron';
import { externalLink } from '../../electron/desktop/external-links.ts';
import { guardNavigation } from '../../electron/desktop/navigation-guard.ts';
import { guardPermissions } from '../../electron/desktop/permission-guard.ts';
import { FakeContents } from '../support/fake-desktop.ts';

describe('a page that wants to be elsewhere', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'R03 is kept: %s',
    (event) => {
      const contents = new FakeContents();
      guardNavigation({ contents: contents.asContents, openOutside: vi.fn() });
      expect(contents.attempts(event)).toBe(true);
    },
  );

  it('R04 gets no window; the link is handed on to be judged', () => {
    const contents = new FakeContents();
    const openOutside = vi.fn();
    guardNavigation({ contents: contents.asContents, openOutside });
    expect(contents.openHandler({ url: 'https://help.example/' })).toEqual({ action: 'deny' });
    expect(openOutside).toHaveBeenCalledExactlyOnceWith('https://help.example/');
  });
});

describe('a page that wants permission', () => {
  it('R08 gets none: not on request, not on check, not for a device, the screen or a download', () => {
    type Handler = (...args: unknown[]) => unknown;
    const handlers: Record<string, Handler> = {};
    const set = (name: string) => (handler: Handler) => void (handlers[name] = handler);
    guardPermissions({
      setPermissionRequestHandler: set('request'),
      setPermissionCheckHandler: set('check'),
      setDevicePermissionHandler: set('device'),
      setDisplayMediaRequestHandler: set('screen'),
      on: (event: string, handler: Handler) => set(event)(handler),
    } as unknown as Session);
    const answer = vi.fn();
    for (const permission of [
      'media',
      'clipboard-read',
      'geolocation',
      'openExternal',
      'local-network-access',
    ]) {
      handlers['request']?.({}, permission, answer);
      expect(handlers['check']?.({}, permission, 'app://token-tray', {})).toBe(false);
    }
    expect(answer.mock.calls).toEqual([[false], [false], [false], [false], [false]]);
    for (const deviceType of ['hid', 'serial', 'usb'])
      expect(handlers['device']?.({ deviceType })).toBe(false);
    handlers['screen']?.({}, answer);
    expect(answer).toHaveBeenLastCalledWith({});
    const preventDefault = vi.fn();
    handlers['will-download']?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe('a link to the outside', () => {
  const hosts = new Set(['help.example']);

  it('R05 opens only on exactly a host of the list, by https', () => {
    expect(externalLink('https://help.example/sign-in?a=1#b', hosts)).toBe(
      'https://help.example/sign-in?a=1#b',
    );
    expect(externalLink('https://HELP.example', hosts)).toBe('https://help.example/');
  });

  it.each([
    'http://help.example/',
    'https://help.example.evil.example/',
    'https://evil.example/help.example',
    'https://evil-help.example/',
    'https://help.example:8443/',
    'https://user:pass@help.example/',
    'https://user@help.example/',
    'https://help.example@evil.example/',
    'https://help.example\\@evil.example/',
    'file:///etc/passwd',
    'smb://help.example/share',
    'ms-msdt:/id PCWDiagnostic',
    'javascript:alert(1)',
    'data:text/html,help.example',
    '//help.example/',
    'not an address',
    '',
  ])('R05 is refused: %s', (url) => {
    expect(externalLink(url, hosts)).toBeNull();
  });

  it('R05 leads nowhere where no host is named', () => {
    expect(externalLink('https://help.example/', new Set())).toBeNull();
  });
});
