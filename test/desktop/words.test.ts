import { describe, expect, it } from 'vitest';
import type { Language } from '../../electron/contract/language.ts';
import { languageOf } from '../../electron/desktop/language.ts';
import { firstLine } from '../../electron/desktop/tray-menu.ts';
import { Words } from '../../electron/desktop/words.ts';
import { aView, viewedAt } from '../support/a-view.ts';

const arabic = new Words(() => 'ar');

/** Without the marks around what reads from left to right. */
const bare = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

describe('the words of native texts', () => {
  it('are those of the language that is chosen at the moment', () => {
    const chosen: { language: Language } = { language: 'en' };
    const words = new Words(() => chosen.language);
    expect(words.text('menu.quit')).toBe('Quit Token Tray');
    chosen.language = 'ar';
    expect(words.text('menu.quit')).toBe('إنهاء Token Tray');
  });

  it('take values as they are', () => {
    const words = new Words(() => 'en');
    expect(words.text('menu.situation', { account: '{title}|@:a', title: 'T' })).toBe('{title}|@:a · T');
  });

  it('keep an email together between words that read from right to left', () => {
    const line = firstLine(aView(), viewedAt, arabic);
    expect(line).toBe('\u2068anna@warehouse.example\u2069 · بقيت 32 دقيقة');
  });

  it.each([
    [1, 'بقيت دقيقة واحدة'],
    [2, 'بقيت دقيقتان'],
    [3, 'بقيت 3 دقائق'],
    [11, 'بقيت 11 دقيقة'],
    [100, 'بقيت 100 دقيقة'],
  ])('count in the forms of Arabic: %i', (minutes, text) => {
    const view = aView({ expiresAt: viewedAt + minutes * 60_000 });
    expect(bare(firstLine(view, viewedAt, arabic))).toBe(`anna@warehouse.example · ${text}`);
  });

  it('have Latin digits', () => {
    expect(arabic.time(new Date(2026, 0, 5, 9, 42).getTime())).toBe('09:42');
  });
});

describe('the language', () => {
  it.each<[Language | 'system', string[], Language]>([
    ['system', ['ar-EG', 'en-GB'], 'ar'],
    ['system', ['de-DE', 'ar'], 'ar'],
    ['system', ['en-US', 'ar-SA'], 'en'],
    ['system', ['AR_ae'], 'ar'],
    ['system', ['de-DE', 'fr'], 'en'],
    ['system', [], 'en'],
    ['en', ['ar'], 'en'],
    ['ar', ['en'], 'ar'],
  ])('of %s with %j is %s', (choice, preferred, language) => {
    expect(languageOf(choice, preferred)).toBe(language);
  });
});
