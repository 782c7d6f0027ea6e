/**
 * In the page's own world: `window.open` answers `null` and opens nothing; the app is asked, and opens the window where
 * it allows one. A window that Chromium opened, and that is closed at once, can hold up the page that opened it.
 */
export function askedWindowOpen(there: string): void {
  const send = window.dispatchEvent.bind(window);
  const Envelope = CustomEvent;
  const Address = URL;
  window.open = function open(url = '', name = '', features = ''): null {
    const absolute = new Address(url, document.baseURI).href;
    send(new Envelope(`${there}:open`, { detail: [absolute, name, features] }));
    return null;
  };
}
