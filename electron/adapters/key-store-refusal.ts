import type { LockedReason } from '../contract/failures.ts';

export type KeyStoreReason = Extract<LockedReason, 'key_store' | 'key_store_denied' | 'key_store_no_prompt'>;

/** A refusal of the Keychain that takes this long was given by a person at its prompt: else it refuses at once. */
const personsAnswerMs = 2_000;

// The library passes the system's message on, and no code (security-framework's Error, and SecErrorMessages.strings).
const noPrompt = /User interaction is not allowed|-25308/i;
// errSecUserCanceled (-128); errSecAuthFailed (-25293), which is also what “Deny” leads to.
const denied = /User cancell?ed|-128\b|The user name or passphrase you entered is not correct|-25293/i;
// The two libraries for the Secret Service: “unlock prompt was dismissed” and “prompt dismissed”.
const dismissed = /prompt (was )?dismissed/i;

/**
 * What a refusal means. `detail`: the key store's own words; `tookMs`: how long it took. macOS may put its message into
 * the user's language: the time tells a person's answer then.
 */
export function refusalReason(detail: string, platform: NodeJS.Platform, tookMs: number): KeyStoreReason {
  if (platform !== 'darwin') return dismissed.test(detail) ? 'key_store_denied' : 'key_store';
  if (noPrompt.test(detail)) return 'key_store_no_prompt';
  return denied.test(detail) || tookMs >= personsAnswerMs ? 'key_store_denied' : 'key_store';
}
