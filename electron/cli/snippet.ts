import { resolve } from 'node:path';
import { homeFiles } from '../contract/home.ts';
import { exitCodes } from '../contract/problems.ts';
import { snippet as write, snippetLanguages } from '../contract/snippets.ts';
import type { CallOptions } from './call-options.ts';
import { answer, tell } from './output.ts';

/**
 * `token-tray snippet LANGUAGE`: code that asks the endpoint; it holds no key, and finds the current one. It finds the home
 * by the program's own rule, in the environment that it runs in; a home that `--home` names is written into it.
 */
export function snippet(options: CallOptions): Promise<number> {
  const asked = options.operands?.[0] ?? '';
  const language = snippetLanguages.find((one) => one === asked);
  if (language === undefined) {
    tell(`There is no snippet for “${asked}”. Choose one of: ${snippetLanguages.join(', ')}.`);
    return Promise.resolve(exitCodes.wrongUsage);
  }
  const path = options.home === undefined ? null : resolve(options.home, homeFiles.endpoint);
  return Promise.resolve(answer(write(language, { kind: 'file', path }).trimEnd()));
}
