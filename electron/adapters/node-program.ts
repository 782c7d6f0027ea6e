import { existsSync } from 'node:fs';

/**
 * The Node.js for a process of our own. `brew upgrade` with its clean-up, and version managers, delete the program that
 * runs us while it runs: then Homebrew's link to the version in use, or the `node` of PATH.
 */
export function nodeProgram(
  running = process.execPath,
  exists: (path: string) => boolean = existsSync,
): string {
  if (exists(running)) return running;
  const linked = running.replace(/\/Cellar\/([^/]+)\/[^/]+\//, '/opt/$1/');
  return linked !== running && exists(linked) ? linked : 'node';
}
