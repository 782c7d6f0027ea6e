import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { ref, watch, type Ref } from 'vue';

/** The wall clock in epoch milliseconds, read every second; it stands still while nobody sees the window. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const { pause, resume } = useIntervalFn(() => (now.value = Date.now()), 1_000, { immediateCallback: true });
  watch(useDocumentVisibility(), (visibility) => {
    if (visibility === 'visible') resume();
    else pause();
  });
  return now;
}
