import { ref, watch, type Ref } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import type { Place } from '../../electron/contract/bridge.ts';

/** The views that the navigation leads to. */
export const pages = ['status', 'tools', 'activity', 'settings'] as const;

export type PageName = (typeof pages)[number];

/** What the window shows. */
export type Shown =
  { readonly place: PageName | 'connect' } | { readonly place: 'login'; readonly why: LoginReason };

/** `needed`: there is no account to show; `again`: the shown one; `another`: one more. */
export type LoginReason = 'needed' | 'again' | 'another';

/** Whether nothing can be shown but the login form and the settings: no account, or the only one is signed out. */
export function onlyLoginFits(view: AppView): boolean {
  return view.accounts.every(({ state }) => state === 'signed_out') && view.state === 'signed_out';
}

/**
 * What follows for the window when the view changes. A form that somebody asked for stays, and so does one with
 * text in it or with a sign-in under way: only an untouched form that is needed no more makes room. The settings
 * stay until a sign-out. `before`: the view that was there; null: this is the first.
 */
export function shownAfter(shown: Shown, view: AppView, formIsBusy: boolean, before: AppView | null): Shown {
  const onlyLogin = onlyLoginFits(view);
  if (shown.place === 'login') {
    return shown.why !== 'needed' || formIsBusy || onlyLogin ? shown : { place: 'status' };
  }
  const mayStay = shown.place === 'settings' && before !== null && onlyLoginFits(before);
  return onlyLogin && !mayStay ? { place: 'login', why: 'needed' } : shown;
}

/** Where a menu item or a notification leads. A form in use is left for nothing less than a sign-out. */
export function shownOn(asked: Place, shown: Shown, view: AppView, formIsBusy: boolean): Shown {
  const page = asked === 'sign_out' || asked === 'login' ? 'status' : asked;
  if (onlyLoginFits(view) && page !== 'settings') {
    return shown.place === 'login' ? shown : { place: 'login', why: 'needed' };
  }
  if (shown.place === 'login' && (asked === 'login' || (asked !== 'sign_out' && formIsBusy))) return shown;
  return asked === 'login' ? { place: 'login', why: 'again' } : { place: page };
}

/** What the window shows: where it begins, where it is led, and what changes of the view make of it. */
export function usePlace(view: () => AppView | null): {
  readonly shown: Ref<Shown>;
  /** Whether the login form holds text, or a sign-in of it is under way. */
  readonly formIsBusy: Ref<boolean>;
  readonly goTo: (asked: Place) => void;
} {
  const shown = ref<Shown>({ place: 'status' });
  const formIsBusy = ref(false);
  watch(view, (current, before) => {
    if (current) shown.value = shownAfter(shown.value, current, formIsBusy.value, before);
  });
  return {
    shown,
    formIsBusy,
    goTo: (asked) => {
      const current = view();
      if (current) shown.value = shownOn(asked, shown.value, current, formIsBusy.value);
    },
  };
}
