import { shallowReactive, shallowRef, type ShallowRef } from 'vue';
import type { Phrase } from './words.ts';

/** What a person has asked for: each thing once at a time, and what is to be said if one came to nothing. */
export function useRequests<Name extends string>(): {
  readonly underWay: ReadonlySet<Name>;
  readonly trouble: ShallowRef<readonly Phrase[]>;
  /** `request` answers what is to be said; nothing: it was done. */
  readonly run: (name: Name, request: () => Promise<readonly Phrase[]>) => Promise<void>;
} {
  const underWay = shallowReactive(new Set<Name>());
  const trouble = shallowRef<readonly Phrase[]>([]);

  async function run(name: Name, request: () => Promise<readonly Phrase[]>): Promise<void> {
    if (underWay.has(name)) return;
    underWay.add(name);
    trouble.value = [];
    try {
      trouble.value = await request();
    } catch {
      trouble.value = [{ key: 'status.not_taken' }];
    }
    underWay.delete(name);
  }

  return { underWay, trouble, run };
}
