import { useEventListener, useMutationObserver } from '@vueuse/core';

/**
 * Keeps the focus in the window when what had it goes: a button whose work is done, a tool that was removed. It then
 * moves to the view's heading, which says what is so now; a dialog that closes gives it back by itself.
 */
export function useKeptFocus(): void {
  let last: Element | null = null;
  useEventListener(document, 'focusin', () => {
    last = document.activeElement;
  });
  useMutationObserver(
    document.body,
    () => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      document.querySelector<HTMLElement>('main h1')?.focus();
    },
    { childList: true, subtree: true },
  );
}
