import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { failureWords } from '../../renderer/composables/failure-words.ts';
import { createTranslation, wordsOf, type WordKey } from '../../renderer/composables/words.ts';
import { arabic } from '../../renderer/locales/arabic.ts';
import { english } from '../../renderer/locales/english.ts';
import { everyFailure } from '../support/every-failure.ts';
import { arabicFaults, textsOf, unusedKeys } from '../support/word-rules.ts';

const root = join(import.meta.dirname, '../..');
const sources = globSync(['renderer/**/*.{ts,vue}', 'electron/**/*.ts'], { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);

/** The texts in Arabic, as the window says them. */
async function arabicWords() {
  const words = wordsOf(createTranslation().global);
  await words.setLanguage('ar');
  return words;
}

describe('every text', () => {
  it('is there in both languages, and its Arabic is written as Arabic is', () => {
    expect(arabicFaults(textsOf(english), textsOf(arabic))).toEqual([]);
  });

  it('is used', () => {
    expect(unusedKeys(textsOf(english).keys(), sources)).toEqual([]);
  });
});

describe('these checks', () => {
  const faultsOf = (englishText: string, arabicText: string) =>
    arabicFaults(new Map([['a', englishText]]), new Map([['a', arabicText]]));

  it.each([
    ['Tools', 'Tools', 'Latin letters'],
    ['5 of {limit}', '٥ من {limit}', 'digits that are not Latin'],
    ['{count} tool | {count} tools', '{count} أداة | {count} أدوات', '2 plural forms instead of 6'],
    ['Works until {time}', 'صالح', 'other places to fill than in English'],
    ['Sure?', 'متأكد?', 'punctuation that is not Arabic'],
  ])('find what is wrong with “%s” as “%s”', (englishText, arabicText, fault) => {
    expect(faultsOf(englishText, arabicText)).toEqual([`a: ${fault}`]);
  });

  it('find a text that is missing in either language, and one that nobody uses', () => {
    expect(arabicFaults(new Map([['a', 'A']]), new Map([['b', 'ب']]))).toEqual(
      expect.arrayContaining(['a: missing', 'b: too many']),
    );
    const keys = ['face.active.title', 'face.active.detail', 'menu.quit', 'menu.open'];
    expect(unusedKeys(keys, ["t(`face.${face.name}.title`) + t('menu.quit')"])).toEqual([
      'face.active.detail',
      'menu.open',
    ]);
  });

  it.each([
    '<p>Sign in</p>',
    '<button aria-label="Sign in" />',
    '<input placeholder="Sign in" />',
    '<b title="Sign in" />',
  ])('find a text that is written into a view: %s', async (template) => {
    const eslint = new ESLint({
      cwd: root,
      ruleFilter: ({ ruleId }) => ruleId.startsWith('vue/no-bare'),
      // This rule needs no types, and reading the whole project for them takes seconds.
      overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    });
    const source = `<script setup lang="ts">\n</script>\n\n<template>\n  ${template}\n</template>\n`;
    const filePath = join(root, 'renderer/components/AppMark.vue');
    const [result] = await eslint.lintText(source, { filePath });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(['vue/no-bare-strings-in-template']);
  });
});

describe('Arabic in the window', () => {
  it('says each failure in one sentence and one remedy', async () => {
    const { say } = await arabicWords();
    for (const failure of everyFailure) {
      const { sentence, remedy } = failureWords(failure, 'ar');
      for (const text of [say(sentence), say(remedy)]) {
        expect(text).toMatch(/\p{Script=Arabic}.*[.:]\)?$/u);
        expect(text).not.toMatch(/[{}|]|undefined|null|failure\.|unwritable\./);
      }
    }
  });

  it.each([
    [0, 'لا أدوات متصلة بعد'],
    [1, 'أداة واحدة متصلة'],
    [2, 'أداتان متصلتان'],
    [3, '3 أدوات متصلة'],
    [11, '11 أداة متصلة'],
    [100, '100 أداة متصلة'],
  ])('counts in six forms: %i', async (count, text) => {
    const { t } = await arabicWords();
    expect(t('tools.connected', { count })).toBe(text);
  });

  it('keeps together what reads from left to right, and never holds an English text', async () => {
    const { t, language } = await arabicWords();
    expect(language()).toBe('ar');
    expect(t('tools.remove_named', { name: 'warehouse-sync' })).toBe('إزالة \u2068warehouse-sync\u2069');
    for (const key of textsOf(english).keys()) expect(t(key as WordKey, { count: 3 })).not.toBe(key);
  });
});
