import type { ConnectionReason, HomeReason, HoldReason, LockedReason, MissingPart } from './failures.ts';

interface ReasonWords {
  readonly sentence: string;
  readonly remedy: string;
}

/** What of a service's answer was looked for and not found. */
export const missingWords: Readonly<Record<MissingPart, string>> = {
  json: 'it was no JSON, perhaps the sign-in page of the network',
  access_token: 'no access token',
  refresh_token: 'no refresh token',
};

const checkNetwork = 'Check the network and try AGAIN.';

/** `HOST`: the service's host; `CLOCK`: this computer's date and time; `AGAIN`: “again”, with a time where it is known. */
export const connectionWords: Readonly<Record<ConnectionReason, ReasonWords>> = {
  name: { sentence: 'No connection to HOST: its name could not be found.', remedy: checkNetwork },
  refused: { sentence: 'No connection to HOST.', remedy: checkNetwork },
  local_network: {
    sentence: 'No connection to HOST: macOS found no route to it.',
    remedy:
      'Check the network. If it is in your own network, allow the program in System Settings, Privacy & Security, ' +
      'Local Network; docs/macos.md says more. Then try AGAIN.',
  },
  timeout: { sentence: 'No answer from HOST in time.', remedy: checkNetwork },
  cut: { sentence: 'The connection to HOST was cut before it answered.', remedy: checkNetwork },
  certificate: {
    sentence: 'No connection to HOST: its certificate is not trusted by this computer.',
    remedy: 'Check the network and the service’s address, and try AGAIN.',
  },
  certificate_expired: {
    sentence: 'No connection to HOST: by this computer’s clock (CLOCK) its certificate has expired.',
    remedy:
      'Check this computer’s date and time. If they are right, ask the service to renew its certificate.',
  },
  certificate_not_yet_valid: {
    sentence: 'No connection to HOST: by this computer’s clock (CLOCK) its certificate is not valid yet.',
    remedy: 'Correct this computer’s date and time and try AGAIN.',
  },
  proxy: {
    sentence: 'No connection to HOST: the proxy did not open one.',
    remedy: 'Check the proxy’s address and account and try AGAIN.',
  },
  proxy_address: {
    sentence: 'No connection to HOST: the address of the proxy is not valid.',
    remedy: 'Correct the proxy’s address and try AGAIN.',
  },
};

/** `TIME`: when the service is asked again. */
export const holdWords: Readonly<Record<HoldReason, ReasonWords>> = {
  uncertain: {
    sentence: 'The last renewal got no usable answer, so Token Tray waits before it asks again.',
    remedy: 'Try again at TIME.',
  },
  waking: {
    sentence: 'This computer has just woken up, and its network may not be ready yet.',
    remedy: 'Try again at TIME.',
  },
  store: {
    sentence: 'New tokens cannot be recorded, so Token Tray asks for one an hour at most.',
    remedy: 'Fix what token-tray doctor says of ledger.jsonl, or try again at TIME.',
  },
};

/** The sentence goes on from what could not be written or used; the remedy stands by itself. */
export const troubleWords: Readonly<Record<HomeReason, ReasonWords>> = {
  disk_full: {
    sentence: 'the disk is full.',
    remedy: 'Free some space; Token Tray keeps trying while it is open.',
  },
  read_only: {
    sentence: 'its folder is read-only.',
    remedy: 'Make the folder writable; Token Tray keeps trying while it is open.',
  },
  no_permission: {
    sentence: 'this user may not write to its folder.',
    remedy: 'Give the folder back to this user; Token Tray keeps trying while it is open.',
  },
  newer_version: {
    sentence: 'a newer Token Tray wrote the file.',
    remedy: 'Start the newer version; this one leaves the file as it is.',
  },
  not_a_file: {
    sentence: 'a link or a folder stands where its file belongs.',
    remedy: 'Move it away; Token Tray follows no links.',
  },
  open_to_others: {
    sentence:
      'other users keep rights to it, because its disk does not keep permissions (chmod has no effect).',
    remedy:
      'Choose a folder on another disk with --home, or mount this disk for this user alone; docs/faq.md says how.',
  },
  changed_meanwhile: {
    sentence: 'another program changed the file.',
    remedy: 'Close the other program and try again.',
  },
  input_output: {
    sentence: 'the disk reported an error.',
    remedy: 'Check the disk; Token Tray keeps trying while it is open.',
  },
  not_a_folder: {
    sentence: 'a link or a file stands in its place.',
    remedy: 'Move it away; Token Tray follows no links.',
  },
  no_locks: {
    sentence: 'its disk does not lock files, as some network disks do not.',
    remedy: 'Choose a folder on a disk of this computer with --home.',
  },
  bad_path: {
    sentence: 'its drive does not exist, or a name in it is not valid.',
    remedy: 'Check the path.',
  },
  shared_folder: {
    sentence: 'it is shared by all users of this computer.',
    remedy: 'Choose a folder of this user’s own.',
  },
};

/** What helps on macOS where the key store cannot show its prompt. */
export const unlockOverSsh =
  'On macOS, run security unlock-keychain in this ssh session and start the agent in it, or run the agent as a ' +
  'LaunchAgent of the desktop session.';

/** Why stored sessions stay closed, as a sentence and its remedy. */
export const lockedWords: Readonly<Record<LockedReason, ReasonWords>> = {
  key_store: {
    sentence: 'This computer’s key store is locked.',
    remedy:
      'Unlock it to go on. Where that is not possible, as over ssh, token-tray doctor names another way.',
  },
  key_store_denied: {
    sentence: 'This computer’s key store was asked, and access was denied.',
    remedy:
      'Token Tray does not ask again by itself. To be asked again, run token-tray login, or restart the agent. ' +
      'On macOS, choose “Always Allow”.',
  },
  key_store_no_prompt: {
    sentence: 'This computer’s key store is locked, and it cannot show its prompt here, as over ssh.',
    remedy: `${unlockOverSsh} Or use a passphrase: token-tray doctor says how.`,
  },
  key_store_restart: {
    sentence: 'This computer’s key store is locked.',
    remedy: 'Unlock it, then restart Token Tray.',
  },
  passphrase: {
    sentence: 'The passphrase does not open the stored sessions.',
    remedy: 'Start with the TOKEN_TRAY_PASSPHRASE that they were stored with.',
  },
};
