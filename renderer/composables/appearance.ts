import { watchEffect } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import { directions } from '../locales/messages.ts';
import { useWords } from './words.ts';

/** Gives the page the language, the direction of reading and the colours that were chosen. */
export function useAppearance(view: () => AppView | null): void {
  const { language, setLanguage } = useWords();
  watchEffect(() => {
    const current = view();
    if (!current) return;
    setLanguage(current.language);
    const page = document.documentElement;
    page.lang = language();
    page.dir = directions[language()];
    page.dataset['appearance'] = current.appearance;
  });
}
