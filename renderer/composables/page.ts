import { shallowRef, watch, type ShallowRef } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';

/** A page's own content. */
export interface PageContent<Content> {
  /** Null: it has not come yet. */
  readonly content: Readonly<ShallowRef<Content | null>>;
  /** Whether the main process did not take the last request. */
  readonly refused: Readonly<ShallowRef<boolean>>;
  /** Asks once more, at once: something was done that the content shows. */
  readonly ask: () => Promise<void>;
}

/**
 * Asks for a page's content when it opens and after each change of the view; a late answer is dropped. What was asked
 * of one account is not shown under another's name, not for a moment.
 */
export function usePage<Content>(view: () => AppView, request: () => Promise<Content>): PageContent<Content> {
  const content = shallowRef<Content | null>(null);
  const refused = shallowRef(false);
  let last = 0;

  async function ask(): Promise<void> {
    const mine = ++last;
    const answer = await request().then(
      (value) => ({ value }),
      () => null,
    );
    if (mine !== last) return;
    refused.value = answer === null;
    if (answer !== null) content.value = answer.value;
  }

  watch(view, () => void ask(), { immediate: true });
  watch(
    () => view().account,
    () => (content.value = null),
    { flush: 'sync' },
  );
  return { content, refused, ask };
}
