import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import { bridge } from '../bridge.ts';

/** Where everything stands, as the main process tells it; null until it has told it for the first time. */
export function useAppView(): Readonly<ShallowRef<AppView | null>> {
  const view = shallowRef<AppView | null>(null);
  const stop = bridge.onView((told) => {
    view.value = told;
  });
  onScopeDispose(stop);
  void bridge.getView().then((answered) => {
    // What was told meanwhile is newer.
    view.value ??= answered;
  });
  return view;
}
