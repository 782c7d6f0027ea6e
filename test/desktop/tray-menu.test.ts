import { describe, expect, it } from 'vitest';
import type { AppView } from '../../electron/contract/app-view.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import { sessionStates } from '../../electron/contract/session-states.ts';
import { firstLine, trayMenu, type TrayLine } from '../../electron/desktop/tray-menu.ts';
import { Words } from '../../electron/desktop/words.ts';
import { aView, viewedAt } from '../support/a-view.ts';

const words = new Words(() => 'en');
const anna = 'anna@warehouse.example';

/** Each line as it reads; in brackets: it cannot be chosen. */
function lines(differing: Partial<AppView> = {}, now = viewedAt): string[] {
  return trayMenu(aView(differing), now, words).map(inShort);
}

function inShort(line: TrayLine): string {
  switch (line.kind) {
    case 'rule':
      return '—';
    case 'line':
      return line.enabled ? line.label : `(${line.label})`;
    case 'choices':
      return `${line.label}: ${line.choices.map(({ label, chosen }) => (chosen ? `*${label}` : label)).join(', ')}`;
  }
}

describe('the menu of the tray', () => {
  it('has every command, with the state first', () => {
    expect(lines()).toEqual([
      `(${anna} · 32 min left)`,
      'Copy token',
      'Open Token Tray',
      '—',
      'Pause tools for an hour',
      'Renew now',
      '—',
      'Settings…',
      'Sign out…',
      'Quit Token Tray',
    ]);
  });

  it('begins with the sign-in where one is needed', () => {
    expect(lines({ state: 'needs_sign_in', expiresAt: null }).slice(0, 4)).toEqual([
      'Sign in',
      '—',
      `(${anna} · Sign in again.)`,
      '(Copy token)',
    ]);
    expect(lines({ state: 'suspended' })[0]).toBe('Sign in');
    expect(lines({ state: 'signed_out', account: null, accounts: [], expiresAt: null })[0]).toBe('Sign in');
  });

  it('T11 T23 says what a key store keeps from the person, with what to do', () => {
    const locked = { state: 'locked', expiresAt: null } as const;
    expect(lines({ ...locked, restartUnlocks: true }).slice(0, 3)).toEqual([
      `(${anna} · This computer’s key store is locked.)`,
      'Restart Token Tray',
      '(Copy token)',
    ]);
    expect(lines(locked)).not.toContain('Restart Token Tray');
    expect(lines({ keyStoreTrouble: 'refused' })[1]).toBe(
      'Sessions end with Token Tray: key store not open…',
    );
    expect(lines({ keyStoreTrouble: 'other' })[1]).toBe('Stored sessions belong to another key store…');
  });

  it('offers accounts only where there are several', () => {
    const ben = 'ben@warehouse.example';
    const accounts = [
      { account: anna, state: 'active' as const, default: true },
      { account: ben, state: 'offline' as const, default: false },
    ];
    expect(lines({ accounts })).toContain(`Account: *${anna}, ${ben}`);
    expect(lines().some((line) => line.startsWith('Account'))).toBe(false);
  });

  it('offers the end of a pause while one runs', () => {
    const pausedUntil = viewedAt + 60_000;
    expect(lines({ pausedUntil })).toContain('Resume tools');
    expect(lines({ pausedUntil }, pausedUntil)).toContain('Pause tools for an hour');
  });

  it.each(sessionStates)('G03 can always quit and open the window (%s)', (state) => {
    for (const expiresAt of [null, viewedAt + 60_000]) {
      expect(lines({ state, expiresAt })).toEqual(
        expect.arrayContaining(['Open Token Tray', 'Quit Token Tray']),
      );
    }
  });

  it('renews and copies only where that can come to something', () => {
    expect(lines({ state: 'signed_out', expiresAt: null })).toEqual(
      expect.arrayContaining(['(Copy token)', '(Renew now)', '(Sign out…)', '(Pause tools for an hour)']),
    );
    expect(lines({ state: 'suspended' })).toContain('(Copy token)');
  });
});

describe('the first line, which is the tooltip too', () => {
  it('counts whole minutes down to the end', () => {
    expect(firstLine(aView(), viewedAt + 31 * 60_000 + 59_000, words)).toBe(`${anna} · 1 min left`);
    expect(firstLine(aView(), viewedAt + 32 * 60_000, words)).toBe(`${anna} · renewed when a tool asks`);
  });

  it('says what is needed, and until when', () => {
    expect(firstLine(aView({ pausedUntil: viewedAt + 60_000 }), viewedAt, words)).toBe(
      `${anna} · Tools are paused until ${clockText(viewedAt + 60_000, 'en')}.`,
    );
    expect(firstLine(aView({ state: 'not_saved', unsaved: 'disk_full' }), viewedAt, words)).toBe(
      `${anna} · The sign-in could not be saved: the disk is full.`,
    );
    expect(firstLine(aView({ account: null, state: 'signed_out' }), viewedAt, words)).toBe('Not signed in');
  });

  it('R01 shows an account’s name as it is, whatever characters it holds', () => {
    const account = '{count} @:menu.quit | <img onerror=1>';
    expect(firstLine(aView({ account }), viewedAt, words)).toBe(`${account} · 32 min left`);
  });

  it.each(sessionStates)('has words for %s', (state) => {
    for (const expiresAt of [null, viewedAt + 60_000]) {
      expect(firstLine(aView({ state, expiresAt, unsaved: 'read_only' }), viewedAt, words)).not.toMatch(
        /[{}]|face\./,
      );
    }
  });
});
