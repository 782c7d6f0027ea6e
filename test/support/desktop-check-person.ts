import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { standInSettings } from './app-in-stand-in.ts';
import { desktopBus } from './desktop-bus.ts';
import { electronFolder } from './electron-folder.ts';
import { temporaryHome } from './temporary-home.ts';
import { keys, patienceMs, Terminal } from './terminal.ts';

const program = join(import.meta.dirname, '../../scripts/desktop-check/main.ts');

/** A person at `npm run desktop-check`, on a desktop that is the stand-in's. */
export class DesktopCheckPerson implements AsyncDisposable {
  /** The person's home folder; reports and temporary files go below it. */
  readonly folder: string;
  readonly #terminal: Terminal;
  /** How much of the screen they have read. */
  #read = 0;

  private constructor(folder: string, terminal: Terminal) {
    this.folder = folder;
    this.#terminal = terminal;
  }

  static async start(
    folder: string,
    args: readonly string[],
    { begins = true } = {},
  ): Promise<DesktopCheckPerson> {
    const system = join(folder, 'system');
    await mkdir(join(folder, 'tmp'), { recursive: true });
    await mkdir(system, { recursive: true });
    const settings = { ...(await standInSettings()), systemFolder: system, keyStore: 'protected' };
    const terminal = new Terminal([process.execPath, program, '--report', 'report.md', ...args], {
      PATH: `${await desktopBus(system)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TMPDIR: join(folder, 'tmp'),
      INIT_CWD: folder,
      LANG: 'en_GB.UTF-8',
      DISPLAY: ':0',
      XDG_CURRENT_DESKTOP: 'GNOME',
      XDG_SESSION_TYPE: 'wayland',
      ELECTRON_OVERRIDE_DIST_PATH: await electronFolder(),
      ELECTRON_HOST_SETTINGS: JSON.stringify(settings),
      // The person's own, which the app that is checked must not see.
      TOKEN_TRAY_KEY_STORE: 'memory',
    });
    const person = new DesktopCheckPerson(folder, terminal);
    if (begins) await person.types(/Press Enter to begin: /, '');
    return person;
  }

  /** An empty folder for a person, which goes when the test is over. */
  static folder(): Promise<string> {
    return temporaryHome();
  }

  get screen(): string {
    return this.#terminal.screen;
  }

  /** The homes that checks have made and not removed. */
  get homes(): readonly string[] {
    const folder = join(this.folder, 'tmp');
    return readdirSync(folder)
      .filter((name) => name.startsWith('token-tray-check-'))
      .map((name) => join(folder, name));
  }

  /** Waits until this stands on the screen after what they have read, and reads to its end. */
  async reads(pattern: RegExp): Promise<void> {
    const unread = () => this.screen.slice(this.#read);
    await expect.poll(unread, { timeout: patienceMs }).toMatch(pattern);
    const found = pattern.exec(unread());
    this.#read += (found?.index ?? 0) + (found?.[0].length ?? 0);
  }

  /** Answers the next question of this kind that is asked in a step. */
  async answers(step: string, question: RegExp, text: string): Promise<void> {
    await this.reads(new RegExp(`/\\d+ {2}${step}\\r\\n`));
    await this.types(question, text);
  }

  /** Gives every question the same answer, until a step begins. */
  async answersAll(question: RegExp, text: string, untilStep: string): Promise<void> {
    const begins = new RegExp(`/\\d+ {2}${untilStep}\\r\\n`);
    for (;;) {
      const end = await this.#readsFirst(begins, question);
      if (end === begins) return;
      this.#terminal.type(`${text}${keys.enter}`);
    }
  }

  /** Types an answer to the next question of this kind. */
  async types(question: RegExp, text: string): Promise<void> {
    await this.reads(question);
    this.#terminal.type(`${text}${keys.enter}`);
  }

  /** Which of two comes first in what they have not read; reads to its end. */
  async #readsFirst(one: RegExp, other: RegExp): Promise<RegExp> {
    await this.reads(new RegExp(`(?=(?:${one.source})|(?:${other.source}))`));
    const isOne = this.screen.slice(this.#read).search(one) === 0;
    await this.reads(isOne ? one : other);
    return isOne ? one : other;
  }

  interrupts(): void {
    this.#terminal.type(keys.interrupt);
  }

  ended(): Promise<string> {
    return this.#terminal.ended();
  }

  /** The terminal is gone, with a hang-up to all that runs on it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#terminal[Symbol.asyncDispose]();
  }
}
