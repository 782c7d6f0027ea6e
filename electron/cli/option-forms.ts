import type { CallOptions } from './call-options.ts';
import { day, durationSeconds } from './duration.ts';

export type OptionName = Exclude<keyof CallOptions, 'operands'>;

/** An option that is there or not. */
interface Switch {
  readonly read?: never;
}

interface ValueForm<Value> {
  /** Stands for the value in the help. */
  readonly value: string;
  /** Null: the text will not do, as `rule` says. */
  readonly read: (text: string) => Value | null;
  readonly rule: string;
}

/** How an option is written. */
export type OptionForm = Switch | ValueForm<unknown>;

type FormOf<Value> = [Value] extends [boolean] ? Switch : ValueForm<Value>;
type Forms = { readonly [Name in OptionName]-?: FormOf<NonNullable<CallOptions[Name]>> };

const plain = { read: (text: string) => text, rule: '' };

/** All options there are, each defined once for the quick reader and the helpful one. */
export const optionForms: Forms = {
  // An unset variable must not make the current folder the home.
  home: { value: 'dir', read: (path) => path || null, rule: 'It is the path of a folder.' },
  account: { value: 'a', ...plain },
  json: {},
  minTtl: {
    value: 's',
    read: secondsOfADay,
    rule: 'It is a whole number of seconds, at most a day.',
  },
  wait: { value: 's', read: secondsOfADay, rule: 'It is a whole number of seconds, at most a day.' },
  curl: {},
  api: { value: 'url', ...plain },
  username: { value: 'u', ...plain },
  passwordStdin: {},
  login: {
    value: 'form',
    read: (form) => (form === 'basic' || form === 'json' ? form : null),
    rule: 'It is basic or json.',
  },
  port: {
    value: 'n',
    read: (text) => wholeNumber(text, 65_535),
    rule: 'It is a whole number from 0 to 65535.',
  },
  env: {
    value: 'name',
    read: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : null),
    rule: 'It is the name of an environment variable, such as API_TOKEN.',
  },
  serve: {},
  rejectedStdin: {},
  since: {
    value: 'time',
    read: (text) => durationSeconds(text, 90 * day),
    rule: 'It is a time such as 12h or 7d, at most 90d.',
  },
  expires: {
    value: 'time',
    read: (text) => durationSeconds(text, 3650 * day),
    rule: 'It is a time such as 8h or 30d, at most 3650d.',
  },
  proxyOnly: {},
};

/** `minTtl` is written `min-ttl`, without its dashes. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

function secondsOfADay(text: string): number | null {
  return wholeNumber(text, day);
}

function wholeNumber(text: string, most: number): number | null {
  return /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
