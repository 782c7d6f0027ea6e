import { ref, type Ref } from 'vue';

const announced = ref('');

/** What a screen reader is to say next; App.vue keeps it in a live region. */
export function useAnnouncer(): {
  readonly announced: Readonly<Ref<string>>;
  readonly announce: (text: string) => void;
} {
  return {
    announced,
    announce: (text) => {
      // A text that is there already is no news to a screen reader; a space that nobody hears makes it one.
      announced.value = announced.value === text ? `${text}\u00a0` : text;
    },
  };
}
