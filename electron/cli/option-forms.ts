import type { CallOptions } from './call-options.ts';

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
    read: (text) => wholeNumber(text, 86_400),
    rule: 'It is a whole number of seconds, at most a day.',
  },
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
};

/** `minTtl` is written `min-ttl`, without its dashes. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

function wholeNumber(text: string, most: number): number | null {
  return /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
