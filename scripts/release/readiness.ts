import { sectionOf } from './changelog.ts';

export interface ReleaseFacts {
  /** The tag that was pushed. */
  readonly tag: string;
  /** The repository that the workflow runs in, as OWNER/NAME; null outside GitHub. */
  readonly repository: string | null;
  readonly manifest: { readonly version: string; readonly repository?: unknown };
  readonly changelog: string;
}

/** Why this commit cannot be released under this tag, one sentence each; none if it can. */
export function readinessProblems({ tag, repository, manifest, changelog }: ReleaseFacts): string[] {
  const { version } = manifest;
  const named = githubRepository(manifest.repository);
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json has version ${version}.`]),
    // electron-builder names the update feed after the first part, and CI knows these.
    ...(/^\d+\.\d+\.\d+(?:-(?:alpha|beta)\.\d+)?$/.test(version)
      ? []
      : [`Version ${version} is neither X.Y.Z nor X.Y.Z-alpha.N nor X.Y.Z-beta.N.`]),
    ...repositoryProblems(named, repository),
    ...(sectionOf(changelog, version)
      ? []
      : [`CHANGELOG.md has no section for ${version}, or an empty one.`]),
  ];
}

/** OWNER/NAME of the manifest's `repository`, or null. npm refuses provenance from another repository. */
export function githubRepository(repository: unknown): string | null {
  const url =
    typeof repository === 'object' && repository !== null && 'url' in repository
      ? repository.url
      : repository;
  if (typeof url !== 'string') return null;
  return /^(?:git\+)?https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url)?.[1] ?? null;
}

function repositoryProblems(named: string | null, repository: string | null): string[] {
  if (named === null) {
    const example = `https://github.com/${repository ?? 'OWNER/NAME'}.git`;
    return [`package.json has no "repository" on GitHub: add { "type": "git", "url": "git+${example}" }.`];
  }
  if (repository === null || named === repository) return [];
  return [`package.json has the repository ${named}, and this is ${repository}.`];
}
