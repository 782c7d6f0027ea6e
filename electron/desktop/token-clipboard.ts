import type { Clock } from '../core/clock.ts';
import type { Secret } from '../core/secret.ts';
import { concealed } from './clipboard-marks.ts';
import type { CopyMark } from './copy-mark.ts';

/** What is used of Electron's clipboard. */
export interface SystemClipboard {
  /** One write, all or nothing: `new ClipboardItem(parts)`. */
  write(parts: Record<string, string | Blob>): Promise<void>;
  readText(): Promise<string>;
  clear(): void;
}

export interface TokenClipboardParts {
  readonly clipboard: SystemClipboard;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Remembers across a crash that there is a copy. */
  readonly mark: CopyMark;
  /** How long a copy stays, in seconds. */
  readonly seconds: () => number;
  /** Called when a copy was made or has left. */
  readonly changed: () => void;
}

/** The copy on the clipboard, in epoch milliseconds: until when its token works (null: it is none), when it leaves. */
export interface Copied {
  readonly worksUntil: number | null;
  readonly leavesAt: number;
}

/** Puts a token on the clipboard and takes it off again, and never touches what somebody else put there. */
export class TokenClipboard {
  readonly #parts: TokenClipboardParts;
  #copy: { readonly token: Secret<string>; readonly times: Copied } | null = null;
  #cancelClear: () => void = () => undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: TokenClipboardParts) {
    this.#parts = parts;
  }

  /** The copy that was made here and has not left; null: none. */
  get copied(): Copied | null {
    return this.#copy?.times ?? null;
  }

  /**
   * Copies a token, or another text with a secret in it. `false`: the system did not take it (such as Wayland, for a program without the keyboard), and
   * nothing was copied. `worksUntil`: epoch milliseconds; null: no token.
   */
  copy(token: Secret<string>, worksUntil: number | null): Promise<boolean> {
    return this.#inTurn(async () => {
      const { clipboard, platform, clock, mark, seconds, changed } = this.#parts;
      if (this.#closed) return false;
      await this.#takeOff();
      // The mark first: a crash right after the write must not leave a token that nobody knows of.
      await mark.set(token.reveal());
      const taken = await clipboard.write(concealed(token.reveal(), platform)).then(
        () => this.#holds(token),
        () => false,
      );
      if (!taken) {
        await mark.forget();
        return false;
      }
      const forMs = seconds() * 1000;
      this.#copy = { token, times: { worksUntil, leavesAt: clock.wallNow() + forMs } };
      this.#cancelClear = clock.schedule(forMs, () => void this.clear());
      changed();
      return true;
    });
  }

  /** Takes the copy off if it is still there: its time is over, the screen is locked, a sign-out. */
  clear(): Promise<void> {
    return this.#inTurn(() => this.#takeOff());
  }

  /** For the program's end: takes the copy off, and makes none of a token that is still waited for. */
  close(): Promise<void> {
    this.#closed = true;
    return this.clear();
  }

  /** Takes off what a start that crashed left behind. */
  clearLeftover(): Promise<void> {
    return this.#inTurn(async () => {
      const { clipboard, mark } = this.#parts;
      if (await mark.isOf(await clipboard.readText().catch(() => ''))) clipboard.clear();
      await mark.forget();
    });
  }

  async #takeOff(): Promise<void> {
    const copy = this.#copy;
    if (!copy) return;
    this.#copy = null;
    this.#cancelClear();
    if (await this.#holds(copy.token)) this.#parts.clipboard.clear();
    await this.#parts.mark.forget();
    this.#parts.changed();
  }

  #holds(token: Secret<string>): Promise<boolean> {
    return this.#parts.clipboard.readText().then(
      (text) => text === token.reveal(),
      () => false,
    );
  }

  /** One after another: a sign-out must find the copy that is being made. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
