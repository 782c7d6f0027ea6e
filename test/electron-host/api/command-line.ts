import { ozonePlatform } from './window-system.ts';

/** `app.commandLine`: the switches that Chromium would get. */
export class CommandLine {
  readonly #switches = new Map<string, string>();

  constructor(argv: readonly string[]) {
    for (const argument of argv) {
      const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name, value);
    }
    // Chosen and added before the app's code runs (Electron: shell/app/electron_main_delegate.cc; Chromium:
    // ui/linux/display_server_utils.cc).
    if (ozonePlatform !== null) this.#switches.set('ozone-platform', ozonePlatform);
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name, value);
  }
  appendArgument(value: string): void {
    this.#switches.set(value, '');
  }
  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }
  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }
  removeSwitch(name: string): void {
    this.#switches.delete(name);
  }
}
