import type { AppView } from '../contract/app-view.ts';
import type { CopyOutcome, TokenTrouble } from '../contract/bridge.ts';
import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Accounts } from '../core/accounts.ts';
import type { Pause } from '../core/pause.ts';
import { Secret, type AccessToken } from '../core/secret.ts';
import type { Handlers } from './handle.ts';

/** What the windows' requests are done with. */
export interface Desk {
  readonly accounts: Pick<Accounts, 'signIn' | 'signOut' | 'person'>;
  readonly pause: Pick<Pause, 'begin' | 'end'>;
  readonly view: () => AppView;
  /** The account that the window shows; null: the default one. */
  readonly shown: { account: string | null };
  readonly clipboard: {
    /** `worksUntil`: epoch milliseconds. */
    copy(token: AccessToken, worksUntil: number): Promise<CopyOutcome>;
  };
  /** Called after what no part of core tells of has changed. */
  readonly changed: () => void;
}

type SessionHandlers = Pick<
  Handlers,
  | 'getView'
  | 'signIn'
  | 'cancelSignIn'
  | 'signOut'
  | 'copyToken'
  | 'renewNow'
  | 'getOneNow'
  | 'tryAgain'
  | 'pauseTools'
  | 'resumeTools'
  | 'showAccount'
>;

/** The requests about sessions, their token and the tools’ pause. */
export function sessionHandlers(desk: Desk): SessionHandlers {
  const { accounts, pause, view, shown, clipboard, changed } = desk;
  const renew = (evenOverBudget: boolean) => async (): Promise<Result<null, TokenTrouble>> => {
    const end = await accounts.person.renew(shown.account, { evenOverBudget });
    return end.ok ? succeeded(null) : failed(end.refusal);
  };
  const ifSaved = async (saved: Promise<boolean>): Promise<Result<null, Failure>> =>
    (await saved) ? succeeded(null) : failed({ code: 'choice_not_saved' });

  return {
    getView: view,
    async signIn({ username, password, service, form }) {
      const request = { username, password: new Secret<'password'>(password), service, form };
      const signedIn = await accounts.signIn(request, 'person');
      if (!signedIn.ok) return signedIn;
      const { account, already } = signedIn.value;
      shown.account = account;
      changed();
      return succeeded({ account, already });
    },
    cancelSignIn() {
      accounts.person.cancelSignIn();
      return null;
    },
    async signOut() {
      const signedOut = await accounts.signOut(shown.account);
      changed();
      return signedOut.ok ? succeeded(null) : signedOut;
    },
    async copyToken() {
      const reply = await accounts.person.token(shown.account);
      switch (reply.kind) {
        case 'token':
          return copied(await clipboard.copy(reply.token.accessToken, reply.token.expiresAt));
        case 'refused':
          return failed(reply.refusal);
        case 'unknown_account':
          return failed({ code: 'signed_out' });
      }
    },
    renewNow: renew(false),
    getOneNow: renew(true),
    async tryAgain() {
      await accounts.person.tryAgain();
      return null;
    },
    pauseTools: (seconds) => ifSaved(pause.begin(seconds * 1000)),
    resumeTools: () => ifSaved(pause.end()),
    showAccount(account) {
      shown.account = account;
      changed();
      return null;
    },
  };
}

function copied(outcome: CopyOutcome): Result<null, TokenTrouble> {
  if (outcome === 'copied') return succeeded(null);
  return failed(outcome === 'refused' ? { code: 'clipboard' } : { code: 'clipboard_focus' });
}
