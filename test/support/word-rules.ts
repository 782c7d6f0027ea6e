/** A language's texts by their keys, such as `login.title.again`. */
export type Texts = ReadonlyMap<string, string>;

export function textsOf(words: object, prefix = ''): Texts {
  return new Map(
    Object.entries(words).flatMap(([name, value]: [string, string | object]) =>
      typeof value === 'string' ? [[prefix + name, value]] : [...textsOf(value, `${prefix}${name}.`)],
    ),
  );
}

/** What stands in Latin letters in every language: names, and what is typed or looked for as it is. */
const latin =
  /Token Tray|https:\/\/[\w.]*|Basic|JSON|Caps Lock|Python|Node(?:\.js)?|PHP|PowerShell|curl|OAuth 2\.0|nightly-sync|English/g;

/** What is wrong with the Arabic beside the English, one line each: texts that are missing or too many, and how they are written. */
export function arabicFaults(english: Texts, arabic: Texts): string[] {
  const missing = [...english.keys()].filter((key) => !arabic.has(key)).map((key) => `${key}: missing`);
  const extra = [...arabic.keys()].filter((key) => !english.has(key)).map((key) => `${key}: too many`);
  const badly = [...arabic].flatMap(([key, text]) =>
    textFaults(english.get(key) ?? '', text).map((fault) => `${key}: ${fault}`),
  );
  return [...missing, ...extra, ...badly];
}

function textFaults(english: string, arabic: string): string[] {
  const forms = arabic.split('|');
  const places = placesOf(english);
  const counted = english.includes('|') || (places.has('count') && forms.length > 1);
  const faults = [
    [counted && forms.length !== 6, `${forms.length} plural forms instead of 6`],
    [/[٠-٩۰-۹]/.test(arabic), 'digits that are not Latin'],
    [/[A-Za-z]/.test(arabic.replace(latin, '').replace(/\{\w+\}/g, '')), 'Latin letters'],
    [/[,;?"“”']/.test(arabic), 'punctuation that is not Arabic'],
    [arabic.trim() === '' || arabic !== arabic.trim(), 'space around it, or nothing in it'],
    [
      forms.some((form) => !samePlaces(places, placesOf(form), forms.length > 1)),
      'other places to fill than in English',
    ],
  ] as const;
  return faults.filter(([is]) => is).map(([, fault]) => fault);
}

/** A counted form may say its number in a word. */
function samePlaces(wanted: ReadonlySet<string>, found: ReadonlySet<string>, counted: boolean): boolean {
  const without = (places: ReadonlySet<string>) =>
    [...places]
      .filter((place) => !counted || place !== 'count')
      .sort()
      .join();
  return without(wanted) === without(found);
}

function placesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
}

/**
 * The keys that no source names. A key is named as it is, or by a template whose places stand for one part each
 * or several, such as `face.${name}.title`.
 */
export function unusedKeys(keys: Iterable<string>, sources: readonly string[]): string[] {
  const named = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of sources) {
    for (const [, text] of source.matchAll(/'([a-z_]+(?:\.[a-z0-9_]+)+)'/g)) named.add(text ?? '');
    for (const [, text] of source.matchAll(/`([a-z_]+\.[^`\s]*)`/g)) patterns.push(patternOf(text ?? ''));
  }
  return [...keys].filter((key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)));
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${parts.join('[a-z0-9_.]+')}$`);
}
