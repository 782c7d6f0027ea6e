import { app, dialog } from 'electron';
import { endSignals } from './cli/end-signals.ts';
import { isHangUpIgnored } from './cli/hang-up.ts';
import { failureText } from './contract/failure-words.ts';
import type { Failure } from './contract/failures.ts';
import type { PersonRequests } from './core/person-requests.ts';
import { relaunchOptions } from './desktop/relaunch.ts';
import type { Words } from './desktop/words.ts';

/** What is closed at the end, and in which order. */
export interface Closing {
  readonly words: Words;
  readonly person: Pick<PersonRequests, 'hasUnsaved' | 'tryAgain'>;
  /** What a person sees of the app, the copy on the clipboard included. */
  readonly closeSurface: () => Promise<void>;
  /** From now on the window closes for whoever closes it, instead of being hidden. */
  readonly letWindowClose: (may: boolean) => void;
}

/** How long the whole end may take, in milliseconds: what hangs then, such as the system's clipboard, is left behind. */
const longestEndMs = 2_900;

/**
 * The end of the tray app: once, in less than 3 s, with the home given back last. A person who quits while an answer
 * of the service is in memory alone is asked first; a shutdown and a signal try once more to save it, and do not wait.
 */
export class TrayEnd {
  /** Run in turn, the last one first. */
  readonly #steps: (() => Promise<void>)[] = [];
  #closing: Closing | null = null;
  #asking = false;
  /** The person has said already that the next quit, an installer's, may end all. */
  #agreed = false;
  #ending = false;

  /** Listens to everything that ends the app. */
  watch(): void {
    // The app lives in the tray: closing its window does not end it.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', (event) => {
      event.preventDefault();
      void this.#ask();
    });
    for (const signal of endSignals(process.platform)) {
      const ignored = signal === 'SIGHUP' && isHangUpIgnored();
      process.on(signal, ignored ? () => undefined : () => this.now());
    }
  }

  /** `step` is to be done at the end, before what was named earlier. */
  first(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** From now on there is something to lose, and something on the screen. */
  guards(closing: Closing): void {
    this.#closing = closing;
    this.first(() => closing.closeSurface());
  }

  /** Ends without asking. */
  now(exitCode = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    void this.#end(exitCode);
  }

  /** Says why the app cannot start, and ends. */
  async cannotStart(failure: Failure, words: Words): Promise<void> {
    const byAgent = failure.code === 'home_taken' && failure.pid !== null;
    const message = byAgent
      ? words.text('dialog.agent_runs.message', { pid: failure.pid })
      : words.text('dialog.cannot_start.message');
    const detail = byAgent ? words.text('dialog.agent_runs.detail') : failureText(failure);
    process.stderr.write(`${message} ${detail}\n`);
    await dialog.showMessageBox({
      type: byAgent ? 'info' : 'error',
      message,
      detail,
      buttons: [words.text('dialog.cannot_start.close')],
    });
    this.now(1);
  }

  /**
   * Asks what a quit would ask, for an installer that then quits the app by itself. macOS waits for the window to be
   * closed before it does.
   */
  async mayInstall(): Promise<boolean> {
    if (this.#asking) return false;
    this.#agreed = await this.#mayEnd();
    if (this.#agreed) this.#closing?.letWindowClose(true);
    return this.#agreed;
  }

  /** After `mayInstall`: nothing was installed, and the next quit asks again. */
  stays(): void {
    this.#agreed = false;
    this.#closing?.letWindowClose(false);
  }

  /** Asks what a quit would ask, then ends and starts again. What is in memory only is a person's to give up. */
  async restart(): Promise<void> {
    if (this.#asking || !(await this.#mayEnd())) return;
    // A shutdown or a signal came first.
    if (this.#ending) return;
    app.relaunch(relaunchOptions(process));
    this.now();
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    const agreed = this.#agreed;
    this.#agreed = false;
    if (agreed || (await this.#mayEnd())) this.now();
  }

  async #mayEnd(): Promise<boolean> {
    this.#asking = true;
    try {
      return this.#closing === null || (await mayLose(this.#closing));
    } finally {
      this.#asking = false;
    }
  }

  async #end(exitCode: number): Promise<void> {
    setTimeout(() => app.exit(exitCode), longestEndMs).unref();
    for (const step of this.#steps.reverse()) await step().catch(() => undefined);
    app.exit(exitCode);
  }
}

/** Whether all is saved, after one more try; or else whether the person quits all the same. */
async function mayLose({ person, words }: Closing): Promise<boolean> {
  if (!person.hasUnsaved()) return true;
  await person.tryAgain();
  if (!person.hasUnsaved()) return true;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: words.text('dialog.unsaved.message'),
    detail: words.text('dialog.unsaved.detail'),
    buttons: [words.text('dialog.unsaved.stay'), words.text('dialog.unsaved.quit')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
