import type { AppView } from '../contract/app-view.ts';
import { causeOf, minutesLeft, statusFace, type StatusFace } from '../contract/status-face.ts';
import type { Words } from './words.ts';

/** What a line of the menu does. `account`: the one that is to be shown. */
export type TrayAction =
  | {
      readonly do:
        | 'sign_in'
        | 'restart'
        | 'copy_token'
        | 'open'
        | 'pause'
        | 'resume'
        | 'renew'
        | 'settings'
        | 'sign_out'
        | 'quit'
        | 'new_version';
    }
  | { readonly do: 'show_account'; readonly account: string };

/** A line of the menu; `action` null: a line to read only. */
export type TrayLine =
  | {
      readonly kind: 'line';
      readonly label: string;
      readonly action: TrayAction | null;
      readonly enabled: boolean;
    }
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'choices';
      readonly label: string;
      readonly choices: readonly {
        readonly label: string;
        readonly chosen: boolean;
        readonly action: TrayAction;
      }[];
    };

const rule: TrayLine = { kind: 'rule' };

/** The menu, top to bottom. It has every command: some Linux panels open nothing else. `now`: epoch milliseconds. */
export function trayMenu(view: AppView, now: number, words: Words): readonly TrayLine[] {
  const face = statusFace(view, now);
  const needsSignIn = face.actions.some((action) => action === 'sign_in' || action === 'sign_in_lifted');
  const signedIn = view.account !== null && view.state !== 'signed_out';
  const paused = view.pausedUntil !== null && view.pausedUntil > now;
  return [
    ...(needsSignIn ? [line(words.text('action.sign_in'), { do: 'sign_in' }), rule] : []),
    ...(view.newVersion
      ? [
          line(words.text('menu.new_version', { version: view.newVersion.version }), { do: 'new_version' }),
          rule,
        ]
      : []),
    { kind: 'line', label: firstLine(view, now, words), action: null, enabled: false },
    ...keyStoreLines(view, face, words),
    line(words.text('action.copy_token'), { do: 'copy_token' }, face.actions.includes('copy_token')),
    line(words.text('menu.open'), { do: 'open' }),
    ...accountChoices(view, words),
    rule,
    paused
      ? line(words.text('menu.resume'), { do: 'resume' })
      : line(words.text('menu.pause'), { do: 'pause' }, signedIn),
    line(words.text('menu.renew'), { do: 'renew' }, mayRenew(face)),
    rule,
    line(words.text('menu.settings'), { do: 'settings' }),
    line(words.text('menu.sign_out'), { do: 'sign_out' }, signedIn),
    line(words.text('menu.quit'), { do: 'quit' }),
  ];
}

/** What a key store keeps from the person. The window has the remedy, where a restart is not all of it. */
function keyStoreLines(view: AppView, { actions }: StatusFace, words: Words): readonly TrayLine[] {
  if (actions.includes('restart')) return [line(words.text('action.restart'), { do: 'restart' })];
  return view.keyStoreTrouble === null
    ? []
    : [line(words.text(`menu.key_store.${view.keyStoreTrouble}`), { do: 'open' })];
}

/** The first line of the menu, and the tooltip: account and minutes left, or what is needed. */
export function firstLine(view: AppView, now: number, words: Words): string {
  const face = statusFace(view, now);
  const { account } = view;
  if (account === null || face.name === 'signed_out') return words.text('menu.signed_out');
  if (face.name === 'active' || face.name === 'renewing') {
    return view.expiresAt !== null && view.expiresAt > now
      ? words.text('menu.minutes_left', { account, count: minutesLeft(view.expiresAt, now) })
      : words.text('menu.no_token', { account });
  }
  return words.text('menu.situation', { account, title: faceTitle(view, face, words) });
}

function faceTitle(view: AppView, face: StatusFace, words: Words): string {
  if (face.name === 'not_saved') {
    const reason = view.unsaved === null ? '' : words.text(`unwritable.${view.unsaved}.reason`);
    return words.text('face.not_saved.title', { reason });
  }
  return words.text(`face.${face.name}.title`, {
    time: face.at === null ? '' : words.time(face.at),
    cause: words.text(`cause.${causeOf(view)}.title`),
  });
}

/** A person's renewal is possible wherever there is a session that works. */
function mayRenew({ name }: StatusFace): boolean {
  return ['active', 'uncertain', 'uncertain_over', 'offline', 'offline_over', 'paused'].includes(name);
}

function accountChoices({ accounts, account }: AppView, words: Words): readonly TrayLine[] {
  if (accounts.length < 2) return [];
  const choices = accounts.map((one) => ({
    label: one.account,
    chosen: one.account === account,
    action: { do: 'show_account', account: one.account } as const,
  }));
  return [{ kind: 'choices', label: words.text('menu.account'), choices }];
}

function line(label: string, action: TrayAction, enabled = true): TrayLine {
  return { kind: 'line', label, action, enabled };
}
