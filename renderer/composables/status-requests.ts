import { onScopeDispose, type ShallowRef } from 'vue';
import type { AppView } from '../../electron/contract/app-view.ts';
import type { TokenTrouble } from '../../electron/contract/bridge.ts';
import type { Failure } from '../../electron/contract/failures.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { FaceAction } from '../../electron/contract/status-face.ts';
import { bridge } from '../bridge.ts';
import { failureWords } from './failure-words.ts';
import { useRequests } from './requests.ts';
import { troubleWords } from './trouble-words.ts';
import type { Phrase } from './words.ts';

/** What the status asks of the main process; the first six are the main button's, too. */
export type StatusRequest =
  | 'copy_token'
  | 'try_now'
  | 'get_one_now'
  | 'try_again'
  | 'restart'
  | 'resume'
  | 'renew'
  | 'pause'
  | 'sign_out';

export interface StatusRequestsOptions {
  readonly view: () => AppView;
  readonly signIn: () => void;
  /** Asks the person whether “Get one now” is worth its risk. */
  readonly askForOne: () => void;
}

const anHour = 3_600;

/** All that the buttons and the menu of the status do. */
export function useStatusRequests({ view, signIn, askForOne }: StatusRequestsOptions): {
  readonly underWay: ReadonlySet<StatusRequest>;
  readonly trouble: ShallowRef<readonly Phrase[]>;
  readonly act: (action: FaceAction) => void;
  readonly ask: (request: StatusRequest) => void;
} {
  const { underWay, trouble, run } = useRequests<StatusRequest>();
  onScopeDispose(
    bridge.onTrouble((told) => {
      trouble.value = troubleWords(told, view(), Date.now());
    }),
  );

  const ofToken = async (asked: Promise<Result<null, TokenTrouble>>): Promise<readonly Phrase[]> => {
    const result = await asked;
    return result.ok ? [] : troubleWords(result.failure, view(), Date.now());
  };
  const ofSetting = async (asked: Promise<Result<null, Failure>>): Promise<readonly Phrase[]> => {
    const result = await asked;
    return result.ok ? [] : (Object.values(failureWords(result.failure, view().language)) as Phrase[]);
  };
  const requests: Readonly<Record<StatusRequest, () => Promise<readonly Phrase[]>>> = {
    copy_token: () => ofToken(bridge.copyToken()),
    try_now: () => ofToken(bridge.renewNow()),
    get_one_now: () => ofToken(bridge.getOneNow()),
    try_again: async () => {
      await bridge.tryAgain();
      return [];
    },
    restart: async () => {
      await bridge.restart();
      return [];
    },
    resume: () => ofSetting(bridge.resumeTools()),
    renew: () => ofToken(bridge.renewNow()),
    pause: () => ofSetting(bridge.pauseTools(anHour)),
    sign_out: () => ofSetting(bridge.signOut()),
  };
  const ask = (request: StatusRequest): void => void run(request, requests[request]);

  function act(action: FaceAction): void {
    if (action === 'sign_in' || action === 'sign_in_lifted') signIn();
    else if (action === 'get_one_now') askForOne();
    else ask(action);
  }

  return { underWay, trouble, act, ask };
}
