import type { CopyOutcome } from '../contract/bridge.ts';
import type { Clock } from '../core/clock.ts';
import type { Secret } from '../core/secret.ts';
import { concealed, macMark } from './clipboard-marks.ts';
import type { CopyMark } from './copy-mark.ts';

/** What is used of Electron's clipboard. */
export interface SystemClipboard {
  /** One write, all or nothing: `new ClipboardItem(parts)`. */
  write(parts: Record<string, string | Blob>): Promise<void>;
  readText(): Promise<string>;
  /** Whether there is something of that format; asks for no content. */
  has(format: string): Promise<boolean>;
  clear(): void;
}

export interface TokenClipboardParts {
  readonly clipboard: SystemClipboard;
  readonly platform: NodeJS.Platform;
  /** See `isWayland`. */
  readonly wayland: boolean;
  /** Whether a window of ours has the keyboard. */
  readonly hasFocus: () => boolean;
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
  /** What an earlier start left may still be there, or what Wayland did not let us take off. */
  #mayHaveLeftover = true;

  constructor(parts: TokenClipboardParts) {
    this.#parts = parts;
  }

  /** The copy that was made here and has not left; null: none. */
  get copied(): Copied | null {
    return this.#copy?.times ?? null;
  }

  /**
   * Copies a token, or another text with a secret in it. `worksUntil`: epoch milliseconds; null: no token. Wayland
   * takes a copy only from a window with the keyboard, and Chromium reads back even one that was not taken: so there
   * nothing is written without.
   */
  copy(token: Secret<string>, worksUntil: number | null): Promise<CopyOutcome> {
    return this.#inTurn(async () => {
      const { clipboard, platform, clock, mark, seconds, changed } = this.#parts;
      if (this.#closed) return 'refused';
      if (!this.#mayWrite) return 'no_focus';
      await this.#takeOff();
      // Its mark would be lost by ours.
      await this.#takeOffLeftover(true);
      // The mark first: a crash right after the write must not leave a token that nobody knows of.
      await mark.set(token.reveal());
      const taken = await clipboard.write(concealed(token.reveal(), platform)).then(
        () => this.#reads(token),
        () => false,
      );
      this.#mayHaveLeftover = false;
      if (!taken) {
        await mark.forget();
        return 'refused';
      }
      const forMs = seconds() * 1000;
      this.#copy = { token, times: { worksUntil, leavesAt: clock.wallNow() + forMs } };
      this.#cancelClear = clock.schedule(forMs, () => void this.clear());
      changed();
      return 'copied';
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

  /** Takes off what a start that crashed left behind. On Wayland that waits for `windowUsed`. */
  clearLeftover(): Promise<void> {
    return this.#inTurn(() => this.#takeOffLeftover(!this.#parts.wayland));
  }

  /** A key or button was pressed in the window: Wayland now lets us take off what it did not before. */
  windowUsed(): Promise<void> {
    return this.#mayHaveLeftover ? this.#inTurn(() => this.#takeOffLeftover(true)) : Promise.resolve();
  }

  async #takeOffLeftover(mayWrite: boolean): Promise<void> {
    const { mark } = this.#parts;
    if (!this.#mayHaveLeftover || this.#copy) return;
    // The mark first: macOS tells the person of each program that reads what others copied.
    if (await mark.isSet()) {
      if (!mayWrite) return;
      if ((await this.#hasFormat()) && (await mark.isOf(await this.#read()))) await this.#remove();
    }
    this.#mayHaveLeftover = false;
    await mark.forget();
  }

  async #takeOff(): Promise<void> {
    const copy = this.#copy;
    if (!copy) return;
    this.#copy = null;
    this.#cancelClear();
    if ((await this.#hasFormat()) && (await this.#reads(copy.token))) await this.#remove();
    // GNOME offers what it kept of the copy once ours has gone: see docs/security.md.
    if (this.#mayWrite) await this.#parts.mark.forget();
    else this.#mayHaveLeftover = true;
    this.#parts.changed();
  }

  get #mayWrite(): boolean {
    return !this.#parts.wayland || this.#parts.hasFocus();
  }

  async #remove(): Promise<void> {
    const { clipboard, wayland } = this.#parts;
    // An offer of nothing takes the place of what a desktop keeps of ours.
    if (wayland && this.#mayWrite) await clipboard.write({ 'text/plain': '' }).catch(() => undefined);
    clipboard.clear();
  }

  /** On macOS: whether what is there is marked as ours is, so that nothing else is read. */
  async #hasFormat(): Promise<boolean> {
    const { clipboard, platform } = this.#parts;
    return platform !== 'darwin' || clipboard.has(macMark).catch(() => false);
  }

  async #reads(token: Secret<string>): Promise<boolean> {
    return (await this.#read()) === token.reveal();
  }

  #read(): Promise<string> {
    return this.#parts.clipboard.readText().catch(() => '');
  }

  /** One after another: a sign-out must find the copy that is being made. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
