type Formats = Readonly<Record<string, string>>;

export interface WaylandSeat {
  /** A window of the app has the keyboard. */
  readonly focused: () => boolean;
  /** The system's clipboard, which other programs see. */
  readonly system: { formats: Formats };
}

let pressed = false;

/** A key or button was pressed in a window of the app: its serial goes with what is offered from now on. */
export function inputHappened(): void {
  pressed = true;
}

/**
 * Chromium's clipboard on Wayland (ui/base/clipboard/clipboard_ozone.cc,
 * ui/ozone/platform/wayland/host/wayland_clipboard.cc). A write is offered with the serial of an input event, and not
 * at all without one. The compositor takes it from the client with the keyboard alone and cancels any other (mutter:
 * src/wayland/meta-wayland-data-device.c; KWin: src/wayland/seat.cpp). As long as the source lives, reads come from
 * it, whoever else holds the clipboard; else a client without the keyboard reads nothing. `clear` destroys the source.
 *
 * The desktop is GNOME, which keeps the text of each offer and takes its place when the source goes
 * (mutter: src/core/meta-clipboard-manager.c), without the marks.
 */
export class WaylandClipboard {
  readonly #seat: WaylandSeat;
  #source: Formats | null = null;
  #isOwner = false;

  constructor(seat: WaylandSeat) {
    this.#seat = seat;
    process.on('exit', () => this.#dropSource());
  }

  get formats(): Formats {
    if (this.#source !== null) return this.#source;
    return this.#seat.focused() ? this.#seat.system.formats : {};
  }
  set formats(formats: Formats) {
    this.#dropSource();
    if (Object.keys(formats).length === 0) return;
    this.#source = formats;
    if (!pressed) return;
    if (!this.#seat.focused()) {
      setImmediate(() => {
        if (this.#source === formats) this.#source = null;
      });
      return;
    }
    this.#isOwner = true;
    this.#seat.system.formats = formats;
  }

  /** Another program has copied something. */
  cancelled(): void {
    this.#source = null;
    this.#isOwner = false;
  }

  #dropSource(): void {
    const text = this.#source?.['text/plain'];
    if (this.#isOwner) this.#seat.system.formats = text === undefined ? {} : { 'text/plain': text };
    this.cancelled();
  }
}
