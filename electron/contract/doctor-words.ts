import type { Language } from './language.ts';
import { arabicFindingWords } from './doctor-words-arabic.ts';
import { addressWords } from './doctor-address-words.ts';
import {
  findingLevels,
  type Finding,
  type FindingWords,
  type MachineFinding,
  type ShownFinding,
  type WordsFor,
} from './doctor-findings.ts';
import { outlookWords } from './doctor-outlook-words.ts';
import { homeWords } from './doctor-home-words.ts';
import { keyStoreWords } from './doctor-key-store-words.ts';
import type { PolicyTrouble } from './policy.ts';
import { serviceWords } from './doctor-service-words.ts';

const machineWords: WordsFor<MachineFinding> = {
  managed: ({ path, names }) => [
    `Whoever manages this computer has set: ${names.join(', ')} (${path}).`,
    null,
  ],
  policy_wrong: ({ path, trouble }) => [
    `The policy of this computer (${path}) is not used, none of it: ${policyTroubleWords(trouble)}.`,
    'Whoever manages this computer has to mend it; until then the usual settings hold.',
  ],
  certificates_good: ({ count }) => [
    `This computer’s own ${count} certificate authorities are trusted.`,
    null,
  ],
  certificates_unreadable: () => [
    'This computer’s own certificate authorities cannot be read; those that come with Node.js count.',
    'Nothing has to be done unless the certificate of a service or proxy is not trusted.',
  ],
  certificates_refused: ({ count }) => [
    `This computer’s own ${count} certificate authorities are not trusted: Node.js did not take them.`,
    'Install the current Node.js, from https://nodejs.org.',
  ],
  certificates_unchecked: () => [
    'NODE_TLS_REJECT_UNAUTHORIZED is 0: Token Tray checks certificates all the same, other programs do not.',
    'Unset it, and trust the authority of your network instead.',
  ],
  node_good: ({ version }) => [`Node.js ${version} is new enough.`, null],
  node_old: ({ version, needed }) => [
    `Node.js ${version} is too old for Token Tray.`,
    `Install Node.js ${needed} or later, from https://nodejs.org. In a clone, npm test brings it where it can.`,
  ],
};

function policyTroubleWords(trouble: PolicyTrouble): string {
  switch (trouble.kind) {
    case 'not_json':
      return 'it is no JSON object';
    case 'unknown_key':
      return `it has a key that is not known, “${trouble.key}”`;
    case 'bad_value':
      return `the value of “${trouble.key}” will not do`;
    case 'unchecked':
      return 'PowerShell did not tell who may change it, so it could not be checked';
    case 'not_administrators':
      return 'others than an administrator may have written it';
    case 'unreadable':
      return 'it cannot be read';
  }
}

const english: WordsFor<Finding> = {
  ...homeWords,
  ...keyStoreWords,
  ...addressWords,
  ...outlookWords,
  ...serviceWords,
  ...machineWords,
};

const allWords: Readonly<Record<Language, WordsFor<Finding>>> = { en: english, ar: arabicFindingWords };

/** One sentence for each finding, and one remedy for each that is not good. */
export function describeFinding(finding: Finding, language: Language = 'en'): FindingWords {
  // The table has each code's own function under its code, which is more than the compiler can follow.
  const describe = allWords[language][finding.code] as (finding: Finding) => readonly [string, string | null];
  const [sentence, remedy] = describe(finding);
  return { sentence, remedy };
}

/** A finding as a window shows it, which holds none of these words itself. */
export function shownFinding(finding: Finding): ShownFinding {
  return {
    level: findingLevels[finding.code],
    words: { en: describeFinding(finding, 'en'), ar: describeFinding(finding, 'ar') },
  };
}
