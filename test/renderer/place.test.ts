import { describe, expect, it } from 'vitest';
import { shownAfter, shownOn, type Shown } from '../../renderer/composables/place.ts';
import { firstView, viewOf, viewsOfFaces } from '../support/app-views.ts';

const status: Shown = { place: 'status' };
const needed: Shown = { place: 'login', why: 'needed' };
const again: Shown = { place: 'login', why: 'again' };

describe('the place that a window shows', () => {
  it('is the login form while there is no account', () => {
    expect(shownAfter(status, firstView(), false, null)).toEqual(needed);
  });

  it('is the status of an account that is signed out while another works', () => {
    expect(shownAfter(status, viewsOfFaces.signed_out, false, viewOf())).toEqual(status);
  });

  it('turns to the status when somebody signs in elsewhere', () => {
    expect(shownAfter(needed, viewOf(), false, firstView())).toEqual(status);
  });

  it('stays with a form in use, and with one that was asked for', () => {
    expect(shownAfter(needed, viewOf(), true, firstView())).toEqual(needed);
    expect(shownAfter(again, viewOf(), false, viewOf())).toEqual(again);
  });
});

describe('the settings', () => {
  const settings: Shown = { place: 'settings' };

  it('can be opened before a sign-in, and stay when a choice changes the view', () => {
    expect(shownAfter(settings, firstView({ language: 'ar' }), false, firstView())).toBe(settings);
    expect(shownOn('settings', needed, firstView(), false)).toEqual(settings);
  });

  it('make room for the login form once the only account is signed out, as every view does', () => {
    for (const place of ['settings', 'tools', 'activity', 'connect'] as const)
      expect(shownAfter({ place }, firstView(), false, viewOf())).toEqual(needed);
  });
});

describe('a menu item or a notification', () => {
  it('opens the login form of the account', () => {
    expect(shownOn('login', status, viewsOfFaces.needs_sign_in, false)).toEqual(again);
  });

  it('leaves the form that is there as it is', () => {
    expect(shownOn('login', needed, firstView(), true)).toBe(needed);
    expect(shownOn('status', again, viewOf(), true)).toBe(again);
  });

  it('leads from an untouched form to the status, and from any form to the question of a sign-out', () => {
    expect(shownOn('status', again, viewOf(), false)).toEqual(status);
    expect(shownOn('sign_out', again, viewOf(), true)).toEqual(status);
  });

  it('leads to a view, but from no form in use', () => {
    expect(shownOn('activity', status, viewOf(), false)).toEqual({ place: 'activity' });
    expect(shownOn('tools', again, viewOf(), true)).toBe(again);
  });

  it('shows the login form where nothing else fits', () => {
    expect(shownOn('sign_out', status, firstView(), false)).toEqual(needed);
  });
});
