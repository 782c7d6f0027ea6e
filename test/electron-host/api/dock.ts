/** `app.dock`, which macOS alone has. */
export class Dock {
  #visible = true;
  hide(): void {
    this.#visible = false;
  }
  async show(): Promise<void> {
    this.#visible = true;
  }
  isVisible(): boolean {
    return this.#visible;
  }
}
