import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configuration } from '../../packaging/configuration.ts';
import { notesOf } from '../../scripts/release/changelog.ts';
import { collect } from '../../scripts/release/collect.ts';
import { channelOf, requiredFiles } from '../../scripts/release/files.ts';
import { githubRepository, readinessProblems } from '../../scripts/release/readiness.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const changelog = `# Changelog

## [Unreleased]

### Added

- Something to come.

## [1.2.0] - 2027-01-31

### Fixed

- See [the page](docs/faq.md#why) and [the form](https://example.com).

## [1.1.0] - 2026-12-24

- Older.

[1.2.0]: https://example.com/compare
`;

describe('the notes of a release', () => {
  it('Q11 are the section of its version, with links that work on the release’s page', () => {
    const source = 'https://github.com/owner/name/blob/v1.2.0';
    expect(notesOf(changelog, '1.2.0', source)).toBe(
      `### Fixed\n\n- See [the page](${source}/docs/faq.md#why) and [the form](https://example.com).\n`,
    );
    expect(notesOf(changelog, '1.1.0', source)).toBe('- Older.\n');
    expect(notesOf(changelog, '1.2', source)).toBeNull();
    expect(notesOf('## [1.0.0] - 2026-01-01\n\n## [0.9.0]\n', '1.0.0', source)).toBeNull();
  });
});

describe('the check before a release', () => {
  const url = 'git+https://github.com/owner/name.git';
  const ready = {
    tag: 'v1.2.0',
    repository: 'owner/name',
    manifest: { version: '1.2.0', repository: { type: 'git', url } },
    changelog,
  };

  it('Q2 passes where tag, manifest, repository and changelog agree', () => {
    expect(readinessProblems(ready)).toEqual([]);
    for (const repository of [url, { url: 'https://github.com/owner/name' }]) {
      expect(githubRepository(repository)).toBe('owner/name');
    }
    expect(
      [undefined, 'owner/name', { url: 'https://example.com/owner/name' }].map(githubRepository),
    ).toEqual([null, null, null]);
  });

  it.each([
    [
      'no repository',
      { manifest: { version: '1.2.0' } },
      'package.json has no "repository" on GitHub: add { "type": "git", "url": "git+https://github.com/owner/name.git" }.',
    ],
    [
      'another repository',
      { repository: 'else/where' },
      'package.json has the repository owner/name, and this is else/where.',
    ],
    ['another version', { tag: 'v1.3.0' }, 'The tag is v1.3.0, and package.json has version 1.2.0.'],
    ['no section', { changelog: '# Changelog\n' }, 'CHANGELOG.md has no section for 1.2.0, or an empty one.'],
  ])('Q2 stops a release with %s', (_what, wrong, problem) => {
    expect(readinessProblems({ ...ready, ...wrong })).toEqual([problem]);
  });

  it('Q11 takes prereleases by the names that the update feeds have', () => {
    const of = (version: string) =>
      readinessProblems({
        ...ready,
        tag: `v${version}`,
        manifest: { ...ready.manifest, version },
        changelog: `## [${version}] - 2027-01-01\n\n- A.\n`,
      });
    expect([of('1.2.0-beta.1'), of('1.2.0-alpha.10')]).toEqual([[], []]);
    expect(of('1.2.0-rc.1')).toEqual([
      'Version 1.2.0-rc.1 is neither X.Y.Z nor X.Y.Z-alpha.N nor X.Y.Z-beta.N.',
    ]);
    expect(['1.2.0', '1.2.0-beta.1'].map(channelOf)).toEqual(['latest', 'beta']);
  });
});

describe('the files of a release', () => {
  const version = '1.2.0';
  const hashOfEmpty =
    'z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';
  const feed = (file: string, sha512 = hashOfEmpty) =>
    `version: ${version}\nfiles:\n  - url: ${file}\n    sha512: ${sha512}\npath: ${file}\n`;

  async function filesOf(change: (files: Map<string, string>) => void = () => undefined) {
    const folder = await temporaryHome();
    const files = new Map(requiredFiles(version).map((name) => [name, '']));
    files.set('latest.yml', feed('token-tray-1.2.0-win-x64.exe'));
    files.set('latest-mac.yml', feed('token-tray-1.2.0-mac-arm64.zip'));
    files.set('latest-linux.yml', feed('token-tray-1.2.0-linux-x86_64.AppImage'));
    files.set('token-tray-1.2.0-win-x64.exe.blockmap', '');
    files.set('token-tray-1.2.0-win-arm64.msi', '');
    change(files);
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    return { folder, ...collect(folder, version) };
  }

  it('Q5 Q7 are listed with their checksums, which tell what is attested', async () => {
    const { folder, problems } = await filesOf();
    expect(problems).toEqual([]);
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    expect(sums).toMatch(/^e3b0c44298fc1c14[0-9a-f]{48} {2}token-tray-1\.2\.0-mac-x64\.zip$/m);
    expect(sums.split('\n')).toHaveLength(requiredFiles(version).length + 3);
  });

  it.each([
    [
      'an update feed is missing',
      (files: Map<string, string>) => files.delete('latest-mac.yml'),
      'latest-mac.yml is missing.',
    ],
    [
      'an app for Intel is missing',
      (files: Map<string, string>) => files.delete('token-tray-1.2.0-mac-x64.zip'),
      'token-tray-1.2.0-mac-x64.zip is missing.',
    ],
    [
      'a feed offers a file that is not there',
      (files: Map<string, string>) => files.set('latest.yml', feed('Other.exe')),
      'latest.yml offers Other.exe, which is missing or differs.',
    ],
    [
      'a feed offers another file',
      (files: Map<string, string>) => files.set('latest.yml', feed('token-tray-1.2.0-win-x64.exe', 'YQ==')),
      'latest.yml offers token-tray-1.2.0-win-x64.exe, which is missing or differs.',
    ],
    [
      'a feed is of another version',
      (files: Map<string, string>) =>
        files.set('latest.yml', feed('token-tray-1.2.0-win-x64.exe').replace(version, '1.1.0')),
      'latest.yml names version 1.1.0.',
    ],
  ])('Q5 stop a release where %s', async (_what, change, problem) => {
    expect((await filesOf(change)).problems).toEqual([problem]);
  });

  it('Q7 Q11 are no test report, no builder’s note and no feed of another channel', async () => {
    const foreign = ['test-report.json', 'builder-debug.yml', 'beta.yml'];
    const { problems } = await filesOf((files) => {
      for (const name of foreign) files.set(name, feed('token-tray-1.2.0-win-x64.exe'));
    });
    expect(problems.sort()).toEqual(foreign.map((name) => `${name} is not a file of this release.`).sort());
  });
});

describe('the configuration of a release', () => {
  it('Q5 names the repository’s releases as the place of updates, or none', () => {
    const released = configuration({ TOKEN_TRAY_RELEASE_REPOSITORY: 'owner/name' });
    expect(released.publish).toEqual({ provider: 'github', owner: 'owner', repo: 'name' });
    expect(released.mac?.target).toEqual(['dmg', 'zip']);
    expect(
      configuration({ TOKEN_TRAY_RELEASE_REPOSITORY: '', TOKEN_TRAY_UPDATE_URL: '' }).publish,
    ).toBeNull();
    expect(() => configuration({ TOKEN_TRAY_RELEASE_REPOSITORY: 'name' })).toThrow(
      'Invalid TOKEN_TRAY_RELEASE_REPOSITORY "name": expected OWNER/NAME.',
    );
    const both = {
      TOKEN_TRAY_RELEASE_REPOSITORY: 'owner/name',
      TOKEN_TRAY_UPDATE_URL: 'https://example.com',
    };
    expect(() => configuration(both)).toThrow('not both');
  });

  it('Q3 signs for Windows by Azure, or fails where a part is missing', () => {
    const azure = {
      AZURE_SIGNING_ENDPOINT: 'https://weu.codesigning.azure.net',
      AZURE_SIGNING_ACCOUNT: 'account',
      AZURE_SIGNING_PROFILE: 'profile',
      AZURE_SIGNING_PUBLISHER: 'Publisher',
    };
    expect(configuration(azure).win?.azureSignOptions).toEqual({
      endpoint: 'https://weu.codesigning.azure.net',
      codeSigningAccountName: 'account',
      certificateProfileName: 'profile',
      publisherName: 'Publisher',
    });
    expect(configuration({}).win).not.toHaveProperty('azureSignOptions');
    expect(() => configuration({ ...azure, AZURE_SIGNING_PROFILE: '' })).toThrow('Set all of');
  });
});
