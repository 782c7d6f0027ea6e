import type { Page } from 'playwright';
import type { AppView } from '../../electron/contract/app-view.ts';
import {
  eventChannels,
  requestChannels,
  type EventName,
  type Events,
  type RequestName,
  type Requests,
} from '../../electron/contract/bridge.ts';
import { firstView } from './app-views.ts';
import { usualPages } from './window-pages.ts';

type Answers = {
  -readonly [Name in RequestName]: (
    ...args: Requests[Name]['args']
  ) => Requests[Name]['answer'] | Promise<Requests[Name]['answer']>;
};

/** One request that the page made, with its arguments. */
export interface BridgeRequest {
  readonly name: RequestName;
  readonly args: readonly unknown[];
}

/**
 * The main process as a page sees it: `window.tokenTray`, there before the page's own scripts. Requests are kept in
 * `requests`, and answered by `answers`, each of which a test may replace. Views are told by `tell`.
 */
export class FakeBridge {
  view: AppView = firstView();
  requests: BridgeRequest[] = [];
  answers = this.#usualAnswers();

  /** As it was made, but for the view: for a page that is opened again. */
  startAgain(view: AppView): void {
    this.view = view;
    this.requests = [];
    this.answers = this.#usualAnswers();
  }

  #usualAnswers(): Answers {
    const done = { ok: true, value: null } as const;
    return {
      getView: () => this.view,
      signIn: ({ username }) => ({ ok: true, value: { account: username, already: false } }),
      cancelSignIn: () => null,
      signOut: () => done,
      copyToken: () => done,
      renewNow: () => done,
      getOneNow: () => done,
      tryAgain: () => null,
      pauseTools: () => done,
      resumeTools: () => done,
      showAccount: () => null,
      chooseStorage: () => null,
      startAtLogin: () => null,
      restart: () => null,
      dismissTrayHint: () => null,
      formHoldsText: () => null,
      hideWindow: () => null,
      ...usualPages(),
      removeTool: () => done,
      connectTool: () => done,
      copySnippet: () => true,
      tryTool: () => ({ kind: 'token', account: 'anna@warehouse.example', expiresInSeconds: 1_920 }),
      endConnecting: () => null,
      chooseDefaultAccount: () => done,
      copyAddress: () => true,
      choose: () => done,
      takeNewVersion: () => null,
    };
  }

  /** Puts the bridge into every document that the page opens from now on. */
  async install(page: Page): Promise<void> {
    await page.exposeFunction('askFakeBridge', (name: RequestName, args: readonly unknown[]) => {
      this.requests.push({ name, args });
      const answer = this.answers[name] as (...args: readonly unknown[]) => unknown;
      return answer(...args);
    });
    const names = {
      requests: Object.keys(requestChannels) as RequestName[],
      events: Object.keys(eventChannels) as EventName[],
    };
    await page.addInitScript(makeBridge, names);
  }

  /** The requests of one name, as their arguments. */
  asked<Name extends RequestName>(name: Name): Requests[Name]['args'][] {
    return this.requests
      .filter((request) => request.name === name)
      .map(({ args }) => args as Requests[Name]['args']);
  }

  /** Tells the page something, as the main process would. */
  async tell<Name extends EventName>(page: Page, name: Name, payload: Events[Name]): Promise<void> {
    if (name === 'view') this.view = payload as AppView;
    await page.evaluate(([event, told]) => (globalThis as unknown as FakePage).tellPage(event, told), [
      name,
      payload,
    ] as const);
  }
}

interface FakePage {
  askFakeBridge: (name: string, args: readonly unknown[]) => Promise<unknown>;
  tellPage: (event: string, payload: unknown) => void;
  tokenTray: Record<string, unknown>;
}

/** Runs in the page, before its scripts. */
function makeBridge(names: {
  readonly requests: readonly string[];
  readonly events: readonly string[];
}): void {
  const page = globalThis as unknown as FakePage;
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const on = (event: string) => (listener: (payload: unknown) => void) => {
    const known = listeners.get(event) ?? new Set();
    listeners.set(event, known.add(listener));
    return () => known.delete(listener);
  };
  page.tellPage = (event, payload) => listeners.get(event)?.forEach((listener) => listener(payload));
  page.tokenTray = Object.fromEntries([
    ...names.requests.map((name) => [name, (...args: unknown[]) => page.askFakeBridge(name, args)]),
    ...names.events.map((event) => [`on${event.charAt(0).toUpperCase()}${event.slice(1)}`, on(event)]),
  ]) as Record<string, unknown>;
}
