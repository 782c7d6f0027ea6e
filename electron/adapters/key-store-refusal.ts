import type { LockedReason } from '../contract/failures.ts';
import type { KeyStoreReply } from './key-store-process.ts';

export type KeyStoreReason = Extract<LockedReason, 'key_store' | 'key_store_denied' | 'key_store_no_prompt'>;

/** A person at a prompt takes this long at least. What refuses sooner has shown no prompt. */
const personsAnswerMs = 1_000;

// The library passes the system's message on, and no code (security-framework's Error, and SecErrorMessages.strings).
const noPrompt = /User interaction is not allowed|-25308/i;
// errSecUserCanceled (-128); errSecAuthFailed (-25293), which is also what “Deny” leads to.
const denied = /User cancell?ed|-128\b|The user name or passphrase you entered is not correct|-25293/i;
// The two libraries for the Secret Service: “unlock prompt was dismissed” and “prompt dismissed”. They say the same, at
// once, where nothing can show the prompt.
const dismissed = /prompt (was )?dismissed/i;

/** What a refusal means. macOS may put its message into the user's language: the time tells a person's answer then. */
export function refusalReason(
  { detail, tookMs }: Extract<KeyStoreReply, { kind: 'refused' }>,
  platform: NodeJS.Platform,
): KeyStoreReason {
  const byPerson = tookMs >= personsAnswerMs;
  if (platform !== 'darwin') return byPerson && dismissed.test(detail) ? 'key_store_denied' : 'key_store';
  if (noPrompt.test(detail)) return 'key_store_no_prompt';
  return byPerson || denied.test(detail) ? 'key_store_denied' : 'key_store';
}
