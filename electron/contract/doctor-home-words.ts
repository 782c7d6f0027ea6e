import type { HomeFinding, WordsFor } from './doctor-findings.ts';
import type { UnwritableReason } from './failures.ts';

const troubleWords: Readonly<Record<UnwritableReason, string>> = {
  disk_full: 'the disk is full',
  read_only: 'the disk is read-only',
  no_permission: 'this user may not',
  newer_version: 'a newer Token Tray wrote it',
  not_a_file: 'a link or a folder stands in its place',
  changed_meanwhile: 'another program changes it',
  open_to_others: 'other users keep rights to it',
  input_output: 'the disk reported an error',
};

const troubleRemedies: Readonly<Record<UnwritableReason, string>> = {
  disk_full: 'Free some space.',
  read_only: 'Make the disk writable, or choose another home with --home.',
  no_permission: 'Give it back to this user.',
  newer_version: 'Start the newer version; this one leaves the file as it is.',
  not_a_file: 'Move it away; Token Tray follows no links.',
  changed_meanwhile: 'Close the other program and look again.',
  open_to_others: 'Use a home on a disk that keeps permissions.',
  input_output: 'Check the disk.',
};

/** The words for the home and its files. */
export const homeWords: WordsFor<HomeFinding> = {
  home_good: ({ home }) => [`The folder ${home} is this user’s alone.`, null],
  home_unchecked: ({ home }) => [
    `The folder ${home} is there; who may read it was not looked at on this system.`,
    'Keep it in your own user folder, where it is unless another was chosen.',
  ],
  home_missing: ({ home }) => [
    `The folder ${home} does not exist yet.`,
    'The first start makes it: token-tray agent',
  ],
  home_not_a_folder: ({ home }) => [
    `A link or a file stands where the folder ${home} belongs.`,
    'Move it away, or choose another home with --home.',
  ],
  home_unreadable: ({ home, reason }) => [
    `The folder ${home} cannot be read: ${troubleWords[reason]}.`,
    troubleRemedies[reason],
  ],
  home_open: ({ home, mode }) => [
    `Other users may look into the folder ${home} (its mode is ${mode}).`,
    `Run: chmod 700 ${shellWord(home)} — if the mode stays, the disk keeps no permissions: choose a home on another one with --home.`,
  ],
  home_foreign: ({ home, owner }) => [
    `The folder ${home} belongs to another user (${owner}).`,
    'Choose a folder of your own with --home; whoever made this one can read what is kept in it.',
  ],
  home_unwritable: ({ home, reason }) => [
    `Nothing can be saved in ${home}: ${troubleWords[reason]}.`,
    troubleRemedies[reason],
  ],
  files_good: () => ['Its files are this user’s alone, and all of them can be read.', null],
  file_open: ({ file, mode }) => [
    `Other users have rights to ${file} (its mode is ${mode}).`,
    'Run chmod 600 on it. If the mode stays, the disk keeps no permissions: choose a home on another one with --home. If others may have read it, sign out and in again.',
  ],
  file_foreign: ({ file, owner }) => [
    `${file} belongs to another user (${owner}).`,
    'Move it away; Token Tray writes its own.',
  ],
  file_shared: ({ file, names }) => [
    `${file} has ${names} names: the same file can be reached from elsewhere (a hard link).`,
    'Find the other name with find -samefile, and delete it.',
  ],
  file_not_regular: ({ file }) => [
    `A link, a folder or something else that is no file stands in the place of ${file}.`,
    'Move it away; Token Tray follows no links.',
  ],
  file_unreadable: ({ file, reason }) => [
    `${file} cannot be read: ${troubleWords[reason]}.`,
    troubleRemedies[reason],
  ],
  file_unwritable: ({ file, reason }) => [
    `${file} cannot be written: ${troubleWords[reason]}.`,
    troubleRemedies[reason],
  ],
  file_corrupt: ({ file }) => [
    `${file} is damaged.`,
    'Put back a good copy, or start Token Tray: it sets the file aside and goes on without it.',
  ],
  file_too_large: ({ file, bytes, most }) => [
    `The file ${file} is too large to be read: ${sizeWords(bytes)}, at most ${sizeWords(most)}.`,
    'End Token Tray, move the file away, and start it again; it goes on without what is in it.',
  ],
  ledger_damaged: ({ lines }) => [
    `The file ledger.jsonl is damaged (${lines === 1 ? 'one line' : `${lines} lines`}), so new tokens may be missing in the budget.`,
    'End Token Tray, move the file away, and start it again; the activity in it is no longer shown.',
  ],
  setting_ignored: ({ name }) => [
    `The value of “${name}” in settings.json is not valid and was ignored.`,
    'Correct it there while Token Tray is not running, or choose it again in the window.',
  ],
  disk_good: ({ freeBytes }) => [`The disk has room: ${sizeWords(freeBytes)} are free.`, null],
  disk_low: ({ freeBytes }) => [
    `The disk is nearly full: ${sizeWords(freeBytes)} are free.`,
    'Free some space before sessions cannot be saved any more.',
  ],
  disk_full: ({ freeBytes }) => [
    `The disk is full: ${sizeWords(freeBytes)} are free, so nothing can be saved.`,
    'Free some space; Token Tray keeps trying while it runs.',
  ],
  stale_files: ({ files }) => [
    `A Token Tray that was ended by force left ${files.join(', ')} behind.`,
    'Nothing has to be done: the next start replaces them.',
  ],
  temporary_files: ({ files }) => [
    `A write that was broken off left ${files.join(', ')} behind.`,
    'Nothing has to be done: the next start takes them away.',
  ],
  files_set_aside: ({ files }) => [
    `Damaged files were set aside: ${files.join(', ')}.`,
    'Delete them once nothing of them is needed; Token Tray never does.',
  ],
  open_requests: ({ count }) => [
    `${count === 1 ? 'One request' : `${count} requests`} for a new token ended without an answer being saved.`,
    'Nothing has to be done: the next start counts that and tries once, when a tool needs a token.',
  ],
};

/** A path as a word for a shell. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function sizeWords(bytes: number): string {
  const mebibytes = Math.floor(bytes / 1024 / 1024);
  if (mebibytes >= 10 * 1024) return `${Math.floor(mebibytes / 1024)} GiB`;
  return mebibytes > 0 ? `${mebibytes} MiB` : `${Math.floor(bytes / 1024)} KiB`;
}
