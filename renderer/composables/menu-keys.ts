/** Moves the focus among a menu's items, as the arrow keys do in the systems' own menus (ARIA APG, "Menu"). */
export function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const current = items.findIndex((item) => item === document.activeElement);
  const next = nextItem(event.key, current, items.length);
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}

/** The place that a key leads to; null: it is none of the menu's keys. `current` −1: no item has the focus. */
export function nextItem(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowUp':
      return current <= 0 ? count - 1 : current - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
