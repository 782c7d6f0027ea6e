import { useEventListener } from '@vueuse/core';
import { bridge } from '../bridge.ts';

/** Esc hides the window, unless it closes a dialog or a menu, or gives up what an input method has begun. */
export function useHideOnEscape(): void {
  useEventListener(document, 'keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector('dialog[open], :popover-open') === null) void bridge.hideWindow();
  });
}
