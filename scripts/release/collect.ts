import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblems, type ReleaseFile } from './files.ts';

/** A file that goes into a release. */
interface Listed extends ReleaseFile {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Checks the files of a release, which lie in `folder`, and writes their checksums beside them, as `sha256sum --check`
 * reads them. The checksums also tell what is attested.
 */
export function collect(folder: string, version: string): { files: readonly Listed[]; problems: string[] } {
  const files = listed(folder);
  const problems = fileProblems(files, version);
  if (problems.length === 0) writeChecksums(folder, files);
  return { files, problems };
}

export function listed(folder: string): Listed[] {
  return readdirSync(folder)
    .filter((name) => name !== 'SHA256SUMS')
    .sort()
    .map((name) => {
      const content = readFileSync(join(folder, name));
      return {
        name,
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        sha512: createHash('sha512').update(content).digest('base64'),
        ...(name.endsWith('.yml') && { text: content.toString() }),
      };
    });
}

export function writeChecksums(folder: string, files: readonly Listed[]): void {
  writeFileSync(join(folder, 'SHA256SUMS'), files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join(''));
}

/** What would be uploaded, a line each. */
export function linesOf(files: readonly Listed[]): string[] {
  return files.map(
    ({ name, size, sha256 }) => `${size.toLocaleString('en').padStart(12)}  ${sha256.slice(0, 12)}…  ${name}`,
  );
}
