import type { HomeReason, MissingPart, OfflineReason } from './failures.ts';

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

/** `HOST` stands for the service's host. */
export const offlineWords: Readonly<Record<OfflineReason, string>> = {
  name: 'No connection to HOST: its name could not be found.',
  refused: 'No connection to HOST.',
  certificate: 'No connection to HOST: its certificate is not trusted by this computer.',
  proxy: 'No connection to HOST: the proxy refused it.',
  timeout: 'No answer from HOST in time.',
  cut: 'The connection to HOST was cut before it answered.',
  waking: 'This computer has just woken up; its network may not be there yet.',
  waiting: 'No connection to HOST a moment ago.',
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
  shared_folder: {
    sentence: 'it is shared by all users of this computer.',
    remedy: 'Choose a folder of this user’s own.',
  },
};
