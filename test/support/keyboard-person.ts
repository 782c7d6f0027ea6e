import type { Page } from 'playwright';

/** A person who has a keyboard and nothing else, and looks where the focus is. */
export class KeyboardPerson {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until something has the focus: it is never lost to the page itself. */
  async seesFocus(): Promise<void> {
    await this.#page.locator(':focus').first().waitFor();
  }

  /** Waits until a control of this role and name has the focus, without pressing a key. */
  async isAt(role: Parameters<Page['getByRole']>[0], name: string): Promise<void> {
    await this.#page.getByRole(role, { name, exact: true }).and(this.#page.locator(':focus')).waitFor();
  }

  /** Waits until the field for the password has the focus. */
  async isAtPassword(): Promise<void> {
    await this.#page.getByLabel('Password', { exact: true }).and(this.#page.locator(':focus')).waitFor();
  }

  /** Presses Tab until a control of this role and name has the focus. */
  async goTo(role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
    const wanted = this.#page.getByRole(role, { name, exact: true }).and(this.#page.locator(':focus'));
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await wanted.count()) > 0) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`No way to the ${role} ${String(name)}.`);
  }

  async press(role: 'button' | 'switch', name: string | RegExp, key = 'Enter'): Promise<void> {
    await this.goTo(role, name);
    await this.#page.keyboard.press(key);
  }

  /** Opens a view, and finds itself at its heading. */
  async open(name: string): Promise<void> {
    await this.press('button', name);
    const heading = this.#page.getByRole('heading', { level: 1, name });
    await heading.and(this.#page.locator(':focus')).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async key(name: string): Promise<void> {
    await this.#page.keyboard.press(name);
  }
}
