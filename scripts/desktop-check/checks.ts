import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnprotected } from '../../electron/adapters/safe-storage-text.ts';
import type { StatusAnswer, TokenAnswer } from '../../electron/contract/wire.ts';
import type { CheckedApp } from './checked-app.ts';
import type { LoginItems } from './login-items.ts';
import type { CheckName } from './step.ts';

/** What a check found. `passed` null: the program could not look, and only the person's answer counts. */
export interface Found {
  readonly passed: boolean | null;
  readonly text: string;
}

/** How a check ended, in a word. */
export function markOf({ passed }: Found): string {
  return passed === null ? 'not checked' : passed ? 'good' : 'WRONG';
}

export interface CheckParts {
  readonly app: CheckedApp;
  readonly login: LoginItems;
  readonly platform: NodeJS.Platform;
  /** Whether the session bus has a place for tray icons, Linux only; null: unknown. */
  readonly askTrayHost: () => Promise<boolean | null>;
  /** Asks for a paste that is not shown; null: the person gave none. `wrong`: what the first try held. */
  readonly askPaste: (wrong: string | null) => Promise<string | null>;
  /** From now on this is masked in the report. */
  readonly remember: (secret: string) => void;
}

/** What became of a second start that did not end. */
export const secondStartRan = 'the second start still ran after 15 s and was ended';

/** What the program looks at by itself. */
export class Checks {
  readonly #parts: CheckParts;
  readonly #tokens = new Set<string>();
  /** The exit code of the second start; undefined: there was none. */
  secondStart: number | null | undefined;
  /** The process that served before the last step began. */
  pidBefore: number | null = null;

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  run(name: CheckName): Promise<Found> {
    const { app, login } = this.#parts;
    switch (name) {
      case 'signed_out':
        return this.#state('signed_out');
      case 'signed_in':
        return this.#state('active');
      case 'key_store_locked':
        return this.#state('locked');
      case 'key_protected':
        return this.#protection();
      case 'token_pasted':
        return this.#paste(true);
      case 'token_gone':
        return this.#paste(false);
      case 'second_start_ended': {
        const code = this.secondStart;
        const text = code === null ? secondStartRan : `the second start ended with exit code ${code ?? '?'}`;
        return Promise.resolve({ passed: code === 0 && app.endpoint?.pid === this.pidBefore, text });
      }
      case 'login_item_on':
        return loginItem(login, true);
      case 'login_item_off':
        return loginItem(login, false);
      case 'icon_shown':
        return this.#trayHost(true);
      case 'icon_not_shown':
        return this.#trayHost(false);
      case 'restarted':
        return app.restartedSince(this.pidBefore).then((passed) => ({
          passed,
          text: passed ? 'another process serves now' : 'no other process serves',
        }));
      case 'ended':
        return app.ended().then((passed) => ({
          passed,
          text: passed
            ? 'the app has ended, and its endpoint’s file is gone'
            : 'the app has not ended within 10 s',
        }));
    }
  }

  /** Notes the token that tools get now, so that a paste can be compared with it later. */
  async noteToken(): Promise<string | null> {
    const answer = await this.#parts.app.ask('/v1/token');
    if (answer?.ok !== true) return null;
    const { access_token: token } = (await answer.json()) as TokenAnswer;
    this.#tokens.add(token);
    this.#parts.remember(token);
    return token;
  }

  async #state(wanted: StatusAnswer['state']): Promise<Found> {
    const answer = await this.#parts.app.ask('/v1/status');
    if (answer?.ok !== true) return { passed: false, text: 'the endpoint does not answer' };
    const { state, key_store } = (await answer.json()) as StatusAnswer;
    return { passed: state === wanted, text: `state ${state}, key store ${key_store}` };
  }

  async #protection(): Promise<Found> {
    const { app, platform } = this.#parts;
    const text = await readFile(join(app.home, 'vault.safe-storage.json'), 'utf8').catch(() => null);
    if (text === null) return { passed: false, text: 'the session is not stored by the system’s key store' };
    const { key } = JSON.parse(text) as { readonly key?: string };
    if (key === undefined) return { passed: null, text: 'the stored session names no key' };
    const [mark = ''] = key.split(':');
    // The same mark stands before a protected key on macOS and Windows.
    const passed = platform !== 'linux' || !isUnprotected(key);
    return { passed, text: `safeStorage ${passed ? 'protects' : 'does not protect'} the key (mark ${mark})` };
  }

  async #paste(wanted: boolean): Promise<Found> {
    await this.noteToken();
    const first = await this.#onePaste(null);
    if (first === null) return { passed: null, text: 'nothing was pasted' };
    if (first.isToken === wanted) return { passed: true, text: `the clipboard holds ${first.what}` };
    // A paste can go wrong; the report tells both.
    const second = (await this.#onePaste(first.what)) ?? first;
    const text = `the clipboard holds ${second.what} (second try; the first held ${first.what})`;
    return { passed: second.isToken === wanted, text };
  }

  async #onePaste(
    wrong: string | null,
  ): Promise<{ readonly isToken: boolean; readonly what: string } | null> {
    const pasted = (await this.#parts.askPaste(wrong))?.trim();
    if (pasted === undefined) return null;
    const isToken = this.#tokens.has(pasted);
    return {
      isToken,
      what: isToken ? 'the token that tools get' : pasted === '' ? 'nothing' : 'another text',
    };
  }

  async #trayHost(wanted: boolean): Promise<Found> {
    if (this.#parts.platform !== 'linux') return { passed: null, text: 'only Linux tells this' };
    const is = await this.#parts.askTrayHost();
    if (is === null) return { passed: null, text: 'the session bus did not answer' };
    return { passed: is === wanted, text: `the session bus has ${is ? 'a' : 'no'} place for tray icons` };
  }
}

async function loginItem(login: LoginItems, wanted: boolean): Promise<Found> {
  const isOn = await login.isOn();
  if (isOn === null) return { passed: null, text: 'this system tells only the app itself' };
  return {
    passed: isOn === wanted,
    text: `the system ${isOn ? 'starts' : 'does not start'} the app at login`,
  };
}
