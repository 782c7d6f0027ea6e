/** The plural forms of Arabic in the order in which its texts give them (Unicode CLDR, "Language Plural Rules"). */
const arabicForms = ['zero', 'one', 'two', 'few', 'many', 'other'];
const arabicRules = new Intl.PluralRules('ar');

/**
 * Which of a text's forms, between bars, a count takes, for languages whose forms are not English's. A text with
 * one form takes that.
 */
export const pluralRules = {
  ar: (count: number, forms: number) => Math.min(arabicForms.indexOf(arabicRules.select(count)), forms - 1),
} as const;
