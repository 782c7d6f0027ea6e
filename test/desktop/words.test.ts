import { describe, expect, it } from 'vitest';
import type { Language } from '../../electron/contract/app-view.ts';
import english from '../../electron/contract/locales/en.json' with { type: 'json' };
import { Words } from '../../electron/desktop/words.ts';

describe('the words of native texts', () => {
  it('are those of the language that is chosen at the moment', () => {
    const chosen: { language: Language } = { language: 'en' };
    const arabic = { ...english, menu: { ...english.menu, quit: 'إنهاء' } };
    const words = new Words(() => chosen.language, { ar: arabic });
    expect(words.text('menu.quit')).toBe('Quit Token Tray');
    chosen.language = 'ar';
    expect(words.text('menu.quit')).toBe('إنهاء');
  });

  it('are English where a language has none', () => {
    expect(new Words(() => 'ar').text('menu.quit')).toBe('Quit Token Tray');
  });

  it('take values as they are', () => {
    const words = new Words(() => 'en');
    expect(words.text('menu.situation', { account: '{title}|@:a', title: 'T' })).toBe('{title}|@:a · T');
  });
});
