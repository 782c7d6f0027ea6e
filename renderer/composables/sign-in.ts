import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { SignInForm } from '../../electron/contract/bridge.ts';
import type { Failure } from '../../electron/contract/failures.ts';
import { bridge } from '../bridge.ts';

/** What came of a sign-in. `not_taken`: the main process refused the request itself. */
export type SignInEnd =
  | { readonly kind: 'signed_in'; readonly account: string; readonly already: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'not_taken' };

/** One sign-in at a time. The password is in the request and nowhere else here. */
export function useSignIn(): {
  readonly pending: Readonly<Ref<boolean>>;
  /** Why the last one failed; null: it did not, or another is under way. A cancelled one did not fail. */
  readonly trouble: Readonly<ShallowRef<Exclude<SignInEnd, { kind: 'signed_in' }> | null>>;
  readonly signIn: (form: SignInForm) => Promise<SignInEnd>;
  readonly cancel: () => void;
} {
  const pending = ref(false);
  const trouble = shallowRef<Exclude<SignInEnd, { kind: 'signed_in' }> | null>(null);

  async function signIn(form: SignInForm): Promise<SignInEnd> {
    pending.value = true;
    trouble.value = null;
    const end = await endOf(bridge.signIn(form));
    pending.value = false;
    const cancelled = end.kind === 'failed' && end.failure.code === 'cancelled';
    if (end.kind !== 'signed_in' && !cancelled) trouble.value = end;
    return end;
  }

  return { pending, trouble, signIn, cancel: () => void bridge.cancelSignIn() };
}

async function endOf(request: ReturnType<typeof bridge.signIn>): Promise<SignInEnd> {
  try {
    const result = await request;
    return result.ok ? { kind: 'signed_in', ...result.value } : { kind: 'failed', failure: result.failure };
  } catch {
    return { kind: 'not_taken' };
  }
}
