import { ref, watchEffect, type Ref } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import { directions } from '../locales/messages.ts';
import { useWords } from './words.ts';

/**
 * Gives the page the language, the direction of reading and the colours that were chosen. Answers whether the words
 * are there: nothing is shown in a language that nobody chose.
 */
export function useAppearance(view: () => AppView | null): Readonly<Ref<boolean>> {
  const { language, setLanguage } = useWords();
  const ready = ref(false);
  watchEffect(() => {
    const current = view();
    if (!current) return;
    const page = document.documentElement;
    page.dataset['appearance'] = current.appearance;
    void setLanguage(current.language).then(() => {
      page.lang = language();
      page.dir = directions[language()];
      ready.value = true;
    });
  });
  return ready;
}
