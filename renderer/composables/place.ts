import { ref, watch, type Ref } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import type { Place } from '../../electron/contract/bridge.ts';

/** What the window shows. */
export type Shown = { readonly place: 'status' } | { readonly place: 'login'; readonly why: LoginReason };

/** `needed`: there is no account to show; `again`: the shown one; `another`: one more. */
export type LoginReason = 'needed' | 'again' | 'another';

/** Whether nothing can be shown but the login form: no account, or the only one is signed out. */
function onlyLoginFits(view: AppView): boolean {
  return view.accounts.every(({ state }) => state === 'signed_out') && view.state === 'signed_out';
}

/**
 * What follows for the window when the view changes. A form that somebody asked for stays, and so does one with
 * text in it or with a sign-in under way: only an untouched form that is needed no more makes room.
 */
export function shownAfter(shown: Shown, view: AppView, formIsBusy: boolean): Shown {
  if (shown.place === 'status') return onlyLoginFits(view) ? { place: 'login', why: 'needed' } : shown;
  if (shown.why !== 'needed' || formIsBusy || onlyLoginFits(view)) return shown;
  return { place: 'status' };
}

/** Where a menu item or a notification leads. A form in use is left for nothing less than a sign-out. */
export function shownOn(asked: Place, shown: Shown, view: AppView, formIsBusy: boolean): Shown {
  if (onlyLoginFits(view)) return shown.place === 'login' ? shown : { place: 'login', why: 'needed' };
  if (shown.place === 'login' && (asked === 'login' || (asked === 'status' && formIsBusy))) return shown;
  return asked === 'login' ? { place: 'login', why: 'again' } : { place: 'status' };
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
  watch(view, (current) => {
    if (current) shown.value = shownAfter(shown.value, current, formIsBusy.value);
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
