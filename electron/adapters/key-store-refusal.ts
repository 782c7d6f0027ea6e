import type { LockedReason } from '../contract/failures.ts';
import type { KeyStoreReply } from './key-store-process.ts';

export type KeyStoreReason = Extract<LockedReason, 'key_store' | 'key_store_denied' | 'key_store_no_prompt'>;

/** What takes this long and is not understood, a person has answered at a prompt. */
const personsAnswerMs = 3_000;

// The library passes the system's message on, and no code (security-framework's Error, and SecErrorMessages.strings).
const noPrompt = /User interaction is not allowed|-25308/i;
// errSecUserCanceled (-128); errSecAuthFailed (-25293), which is also what “Deny” leads to.
const denied = /User cancell?ed|-128\b|The user name or passphrase you entered is not correct|-25293/i;

/**
 * What a refusal means on macOS, which may put its message into the user's language: the time tells a person's answer
 * then. Elsewhere it may always be opened later without us: the Secret Service says “prompt was dismissed” also where
 * nothing could show the prompt.
 */
export function refusalReason(
  { detail, tookMs }: Extract<KeyStoreReply, { kind: 'refused' }>,
  platform: NodeJS.Platform,
): KeyStoreReason {
  if (platform !== 'darwin') return 'key_store';
  if (noPrompt.test(detail)) return 'key_store_no_prompt';
  return denied.test(detail) || tookMs >= personsAnswerMs ? 'key_store_denied' : 'key_store';
}
