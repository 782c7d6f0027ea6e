import { shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Phrase } from './words.ts';

/** One request of a person's at a time, and what is to be said if it came to nothing. */
export function useSingleRequest<Name extends string>(): {
  /** Which one is under way; null: none. */
  readonly busy: Readonly<Ref<Name | null>>;
  readonly trouble: ShallowRef<readonly Phrase[]>;
  /** `request` answers what is to be said; nothing: it was done. Whether it was. */
  readonly run: (name: Name, request: () => Promise<readonly Phrase[]>) => Promise<boolean>;
} {
  const busy: Ref<Name | null> = shallowRef(null);
  const trouble = shallowRef<readonly Phrase[]>([]);

  async function run(name: Name, request: () => Promise<readonly Phrase[]>): Promise<boolean> {
    if (busy.value !== null) return false;
    busy.value = name;
    trouble.value = [];
    try {
      trouble.value = await request();
    } catch {
      trouble.value = [{ key: 'status.not_taken' }];
    }
    busy.value = null;
    return trouble.value.length === 0;
  }

  return { busy, trouble, run };
}
