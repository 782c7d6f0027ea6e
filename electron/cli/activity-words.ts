import type { IssuanceCause } from '../contract/session-states.ts';
import { thisUser, type ActivityAnswer, type ActivityEntry } from '../contract/wire.ts';
import { table } from './table.ts';
import { dateAndTime } from './time-words.ts';

const kindWords: Readonly<Record<ActivityEntry['kind'], string>> = {
  sign_in: 'signed in',
  renewal: 'renewed',
  sign_out: 'signed out',
  refused: 'refused',
};

const causeWords: Readonly<Record<IssuanceCause, string>> = {
  sign_in: 'a sign-in',
  tool: 'a tool needed it',
  timer: 'ahead of the end, as it was in use',
  rejected: 'the API refused the last one',
  person: 'a person asked for it',
};

/** The ledger for a person at a terminal: what happened, on which days how much, and who asked. */
export function activityText({ entries, tools, days }: ActivityAnswer): string {
  const busy = days.filter(({ count }) => count > 0);
  return [
    entries.length === 0
      ? 'Nothing was asked of the service in this time.'
      : table(['When', 'What', 'Account', 'Why', 'Tool'], entries.map(entryRow)),
    ...(busy.length === 0
      ? []
      : [
          table(
            ['Day', 'New tokens'],
            busy.map(({ date, count }) => [date, String(count)]),
          ),
        ]),
    ...(tools.length === 0 ? [] : [table(['Tool', 'Last asked', 'Today'], tools.map(toolRow))]),
  ].join('\n\n');
}

function entryRow({ at, kind, account, cause, tool }: ActivityEntry): string[] {
  // A tool that asked with the owner's key has no name of its own.
  const asker = cause === 'tool' || cause === 'rejected' ? (tool ?? thisUser) : '';
  return [dateAndTime(at), kindWords[kind], account, kind === 'sign_out' ? '' : causeWords[cause], asker];
}

function toolRow({ name, last_at: lastAt, count_today: count }: ActivityAnswer['tools'][number]): string[] {
  return [name, lastAt === null ? '–' : dateAndTime(lastAt), String(count)];
}
