import { onMounted, type Ref } from 'vue';

let led = false;

/** A person has asked for another view: the focus is to go there. */
export function leadFocus(): void {
  led = true;
}

/** Takes the focus to a view’s heading where a person has asked for that view; at the window’s opening it stays. */
export function useArrival(heading: Readonly<Ref<HTMLElement | null>>): void {
  onMounted(() => {
    if (led) heading.value?.focus();
    led = false;
  });
}
