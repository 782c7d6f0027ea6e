import type { KeyStoreFinding, MemoryReason, WordsFor } from './doctor-findings.ts';
import { lockedWords, unlockOverSsh } from './failure-reason-words.ts';
import type { KeyStoreName } from './session-states.ts';

const storeWords: Readonly<Record<Exclude<KeyStoreName, 'memory'>, string>> = {
  'safe-storage': 'Sessions are kept, encrypted by this computer.',
  keyring: 'Sessions are kept, sealed by a key in this computer’s key store, which is open.',
  passphrase: 'Sessions are kept, sealed by the passphrase.',
};

const memoryWords: Readonly<Record<MemoryReason, readonly [sentence: string, remedy: string]>> = {
  asked: [
    'TOKEN_TRAY_KEY_STORE asks for memory, so sessions end with the program',
    'Unset it if sessions are to outlive a restart.',
  ],
  none: [
    'This computer has no key store, so sessions are kept in memory and end with the program',
    'Set TOKEN_TRAY_PASSPHRASE to keep them, or set up a key store.',
  ],
  locked: [
    'This computer’s key store is locked, so sessions would be kept in memory and end with the program',
    'Unlock it before the next start, or set TOKEN_TRAY_PASSPHRASE.',
  ],
  denied: [
    'Access to this computer’s key store was denied at its prompt, so sessions would be kept in memory and end with the program',
    'Allow Token Tray at the prompt of the next start (on macOS “Always Allow”), or set TOKEN_TRAY_PASSPHRASE.',
  ],
  no_prompt: [
    'This computer’s key store is locked and cannot show its prompt here, so sessions would be kept in memory and end with the program',
    `${unlockOverSsh} Or set TOKEN_TRAY_PASSPHRASE.`,
  ],
  running: [
    'The running Token Tray keeps its sessions in memory, and they end with it',
    'To keep them, end it and start it with an open key store or with TOKEN_TRAY_PASSPHRASE.',
  ],
};

const locked = 'This computer’s key store does not open';

const lockedSentences = {
  key_store: locked,
  key_store_restart: locked,
  key_store_denied: 'Access to this computer’s key store was denied at its prompt',
  key_store_no_prompt: 'This computer’s key store is locked, and it cannot show its prompt here',
} as const;

const unlock =
  'Unlock it: sign in to the desktop of this computer, or answer its prompt. Then restart the tray app, if it runs. ' +
  'Over ssh, start the agent with TOKEN_TRAY_KEY_STORE=passphrase and TOKEN_TRAY_PASSPHRASE, and sign in again.';

const lockedRemedies = {
  key_store: unlock,
  key_store_restart: unlock,
  key_store_denied: lockedWords.key_store_denied.remedy,
  key_store_no_prompt: `${unlockOverSsh} Or start it with TOKEN_TRAY_KEY_STORE=passphrase and TOKEN_TRAY_PASSPHRASE_FILE, and sign in again.`,
} as const;

/** The words for who guards the stored sessions. */
export const keyStoreWords: WordsFor<KeyStoreFinding> = {
  key_store_good: ({ store }) => [storeWords[store], null],
  memory_only: ({ why, detail }) => {
    const [sentence, remedy] = memoryWords[why];
    return [`${sentence}${told(detail)}`, remedy];
  },
  key_store_locked: ({ detail, stored, reason }) => [
    `${lockedSentences[reason]}${stored ? ', and the stored sessions need it' : ''}${told(detail)}`,
    lockedRemedies[reason],
  ],
  key_store_gone: ({ detail }) => [
    `Sessions are to be sealed by this computer’s key store, and there is none${told(detail)}`,
    'Start in a desktop session that has one; what it sealed stays as it is until then.',
  ],
  key_store_not_asked: () => [
    'The key store was not asked, because a prompt of the other Token Tray may be on the screen.',
    'Look again once that one answers or has ended.',
  ],
  key_store_unknown: () => [
    'TOKEN_TRAY_KEY_STORE is none of: keyring, passphrase, memory.',
    'Set it to one of them, or not at all.',
  ],
  key_lost: () => [
    'The key of the stored sessions is gone from the key store, so they cannot be opened.',
    'Sign in again; the old file is set aside.',
  ],
  passphrase_missing: () => [
    'Sessions are to be sealed by a passphrase, and TOKEN_TRAY_PASSPHRASE is not set.',
    'Set it to the passphrase before Token Tray starts.',
  ],
  passphrase_wrong: () => [
    'The passphrase does not open the stored sessions.',
    'Set TOKEN_TRAY_PASSPHRASE to the one that they were stored with.',
  ],
  stored_elsewhere: ({ account, protection }) => [
    `A session of ${account} is stored under another protection (${protection}), which this set-up does not use.`,
    'Start the program that stored it, or delete its record with token-tray logout.',
  ],
};

function told(detail: string | null): string {
  return detail === null ? '.' : ` (it says: ${detail}).`;
}
