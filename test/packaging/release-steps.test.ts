import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/temporary-home.ts';
import { readWorkflow, runStep, stepOf, type Answers } from '../support/workflow-step.ts';

const hasBash = process.platform !== 'win32';
const root = join(import.meta.dirname, '../..');
const repository = { type: 'git', url: 'git+https://github.com/owner/name.git' };

/** The project as far as a release's own scripts look at it. */
async function projectIn(folder: string, manifest: object): Promise<void> {
  await cp(join(root, 'scripts/release'), join(folder, 'scripts/release'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', ...manifest }));
  const changelog = '# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [1.2.0] - 2027-01-31\n\n- New.\n';
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
}

describe.runIf(hasBash)('the step that makes the draft', () => {
  const step = stepOf('release.yml', 'draft', 'Make the draft, or fill the one that is there');
  const notFound = { error: 'release not found\n', code: 1 };

  async function draft(gh: Answers, tag = 'v1.2.0') {
    const folder = await temporaryHome();
    mkdirSync(join(folder, 'release/files'), { recursive: true });
    for (const name of ['SHA256SUMS', 'token-tray-1.2.0.tgz'])
      writeFileSync(join(folder, 'release/files', name), '');
    const env = { GH_REPO: 'owner/name', GH_TOKEN: 'none', TAG: tag };
    return runStep(step, { folder, programs: { gh }, env });
  }

  it('Q4 makes it where there is none', async () => {
    const { code, calls } = await draft({ 'release view': notFound });
    expect([code, calls]).toEqual([
      0,
      [
        'gh release view v1.2.0 --json isDraft --jq .isDraft',
        'gh release create v1.2.0 --draft --verify-tag --title Token Tray v1.2.0 --notes-file release/notes.md release/files/SHA256SUMS release/files/token-tray-1.2.0.tgz',
      ],
    ]);
  });

  it('Q4 fills the draft of an earlier run, and changes nothing once it is published', async () => {
    const again = await draft({ 'release view': { out: 'true\n' } });
    expect([again.code, again.calls.slice(1)]).toEqual([
      0,
      ['gh release upload v1.2.0 --clobber release/files/SHA256SUMS release/files/token-tray-1.2.0.tgz'],
    ]);
    const published = await draft({ 'release view': { out: 'false\n' } });
    expect([published.code, published.calls.length]).toEqual([0, 1]);
    expect(published.said).toContain('::notice::v1.2.0 is published already.');
  });

  it('Q4 stops where GitHub cannot be asked', async () => {
    const { code, calls, said } = await draft({ 'release view': { error: 'HTTP 502\n', code: 1 } });
    expect([code, calls.length, said]).toEqual([1, 1, 'HTTP 502\n']);
  });

  it('Q11 marks a prerelease, and takes the notes of the version alone', async () => {
    const { calls } = await draft({ 'release view': notFound }, 'v1.2.0-beta.1');
    expect(calls[1]).toContain('create v1.2.0-beta.1 --draft --prerelease --verify-tag');
    expect(calls[1]).toContain('--notes-file release/notes.md');
  });
});

describe.runIf(hasBash)('the step that publishes to npm', () => {
  const step = stepOf('npm.yml', 'publish', 'Publish it, unless npm has it');
  const e404 = { error: 'npm error code E404\n', code: 1 };
  const content = 'a package';
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;

  async function publish(npm: Answers, version = '1.2.0') {
    const folder = await temporaryHome();
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, `package/token-tray-${version}.tgz`), content);
    return runStep(step, { folder, programs: { npm }, env: { TAG: `v${version}` } });
  }

  it('Q1 Q4 publishes a new version, by a path that npm takes for a file', async () => {
    const { code, calls } = await publish({ [`view token-tray@1.2.0`]: e404 });
    expect([code, calls.at(-1)]).toEqual([
      0,
      'npm publish ./package/token-tray-1.2.0.tgz --access public --tag latest',
    ]);
  });

  it('Q4 leaves a version alone that npm has, and refuses another file under its number', async () => {
    const there = await publish({ 'view token-tray@1.2.0': { out: `${integrity}\n` } });
    expect([there.code, there.calls.length, there.said]).toEqual([
      0,
      2,
      'npm has token-tray 1.2.0 already.\n',
    ]);
    const other = await publish({ 'view token-tray@1.2.0': { out: 'sha512-other\n' } });
    expect([other.code, other.calls.length]).toEqual([1, 2]);
    expect(other.said).toContain('npm has another token-tray 1.2.0');
  });

  it('Q2 says that a person publishes the first version, and stops where npm cannot be asked', async () => {
    const first = await publish({ 'view token-tray name': e404 });
    expect([first.code, first.calls.length]).toEqual([1, 1]);
    expect(first.said).toContain('A person publishes its first version: docs/packaging.md');
    const away = await publish({ 'view token-tray name': { error: 'npm error code E503\n', code: 1 } });
    expect([away.code, away.said]).toEqual([1, 'npm error code E503\n']);
  });

  it('Q11 gives a prerelease the tag next', async () => {
    const { calls } = await publish({ 'view token-tray@1.2.0-beta.1': e404 }, '1.2.0-beta.1');
    expect(calls.at(-1)).toMatch(/--tag next$/);
  });
});

describe.runIf(hasBash)('the steps of the version job', () => {
  const onMain = stepOf('release.yml', 'version', 'Check that the tag is on main');
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd,
      stdio: 'pipe',
    });

  it('Q8 refuse a tag that is not on main', async () => {
    const folder = await temporaryHome();
    git(folder, 'init', '--quiet', '--initial-branch', 'main');
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'one');
    git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    const env = { GIT_CONFIG_GLOBAL: '/dev/null' };
    expect(runStep(onMain, { folder, programs: {}, env }).code).toBe(0);
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'two');
    const { code, said } = runStep(onMain, { folder, programs: {}, env });
    expect([code, said]).toEqual([
      1,
      '::error::The tag is not on main. Merge the commit first, then tag it there.\n',
    ]);
  });

  it('Q2 refuse a manifest without a repository, and take one that names this repository, without an installation', async () => {
    const check = stepOf(
      'release.yml',
      'version',
      'Check that tag, manifest, repository and changelog agree',
    );
    const folder = await temporaryHome();
    const run = async (manifest: object) => {
      await projectIn(folder, manifest);
      const env = { TAG: 'v1.2.0', GITHUB_REPOSITORY: 'owner/name', GITHUB_ACTIONS: 'true' };
      return runStep(check, { folder, programs: {}, env });
    };
    const lacking = await run({ version: '1.2.0' });
    expect([lacking.code, lacking.said.split(':').slice(0, 5).join(':')]).toEqual([
      1,
      '::error::package.json has no "repository" on GitHub',
    ]);
    expect(await run({ version: '1.2.0', repository })).toMatchObject({ code: 0, said: '' });
  });
});

describe.runIf(hasBash)('the step that collects the files', () => {
  const step = stepOf('release.yml', 'collect', 'Check the files, write checksums and notes');

  it('Q5 Q7 Q11 stops at a missing feed and a stray report, and writes the notes of the version alone', async () => {
    const folder = await temporaryHome();
    await projectIn(folder, { version: '1.2.0', repository });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const files = join(folder, 'release/files');
    mkdirSync(files, { recursive: true });
    for (const name of ['token-tray-1.2.0.tgz', 'test-report.json']) writeFileSync(join(files, name), '');
    const env = { GITHUB_REPOSITORY: 'owner/name' };
    const { code, said } = runStep(step, { folder, programs: {}, env });
    expect(code).toBe(1);
    for (const problem of ['latest-mac.yml is missing.', 'test-report.json is not a file of this release.']) {
      expect(said).toContain(`${problem}\n`);
    }
    expect(existsSync(join(files, 'SHA256SUMS'))).toBe(false);
    expect(readFileSync(join(folder, 'release/notes.md'), 'utf8')).toBe('- New.\n');
  });
});

describe.runIf(hasBash)('the steps that sign', () => {
  const signing = stepOf('package.yml', 'package', 'Make the installers for macOS, signed and notarized');
  const secrets = {
    CSC_LINK: 'certificate',
    CSC_KEY_PASSWORD: 'a',
    APPLE_API_KEY_BASE64: Buffer.from('the key').toString('base64'),
    APPLE_API_KEY_ID: 'b',
    APPLE_API_ISSUER: 'c',
    PACKAGE_ARGS: '--arch x64 --arch arm64',
  };

  it('Q6 stop a release without a key for notarization', async () => {
    const folder = await temporaryHome();
    const run = (env: NodeJS.ProcessEnv) => runStep(signing, { folder, programs: { npm: {} }, env });
    const lacking = run({ ...secrets, APPLE_API_KEY_BASE64: '' });
    expect([lacking.code, lacking.calls]).toEqual([1, []]);
    expect(lacking.said).toContain('has no secret APPLE_API_KEY_BASE64');
    expect(run(secrets)).toMatchObject({ code: 0, calls: ['npm run package -- --arch x64 --arch arm64'] });
  });

  it('Q3 stop a release for Windows that Azure cannot sign', async () => {
    const windows = stepOf('package.yml', 'package', 'Make the installers for Windows, signed');
    const folder = await temporaryHome();
    const values = Object.fromEntries(
      Object.keys(windows.env ?? {}).map((name) => [name, name === 'PACKAGE_ARGS' ? '--arch x64' : 'a']),
    );
    const run = (env: NodeJS.ProcessEnv) => runStep(windows, { folder, programs: { npm: {} }, env });
    const lacking = run({ ...values, AZURE_SIGNING_PROFILE: '' });
    expect([lacking.code, lacking.calls]).toEqual([1, []]);
    expect(run(values)).toMatchObject({ code: 0, calls: ['npm run package -- --arch x64'] });
    expect(Object.keys(windows.env ?? {}).filter((name) => name.includes('CSC'))).toEqual([]);
  });

  it('Q6 look at signature, Gatekeeper and ticket of both apps, and stop where one is not notarized', async () => {
    const check = stepOf('package.yml', 'package', 'Check signature, Gatekeeper and ticket of both apps');
    const folder = await temporaryHome();
    const run = (spctl: Answers) =>
      runStep(check, { folder, programs: { codesign: {}, xcrun: {}, spctl }, env: {} });
    const app = 'out/packages/mac/Token Tray.app';
    const notarized = run({ '': { error: 'accepted\nsource=Notarized Developer ID\n' } });
    expect([notarized.code, notarized.calls.length]).toEqual([0, 6]);
    expect(notarized.calls.slice(0, 3)).toEqual([
      `codesign --verify --deep --strict --verbose=2 ${app}`,
      `spctl --assess --type execute --verbose=2 ${app}`,
      `xcrun stapler validate ${app}`,
    ]);
    const signed = run({ '': { error: 'accepted\nsource=Developer ID\n' } });
    expect([signed.code, signed.said.includes(`::error::${app} is not notarized.`)]).toEqual([1, true]);
    expect(run({ '': { error: 'rejected\n', code: 3 } }).code).toBe(1);
  });
});

describe('the workflows', () => {
  const workflows = ['release.yml', 'npm.yml', 'package.yml', 'test.yml', 'nightly.yml', 'zizmor.yml'];
  const steps = workflows.flatMap((file) =>
    Object.entries(readWorkflow(file).jobs).flatMap(([job, { environment, steps: list = [] }]) =>
      list.map((step) => ({ file, job, environment, step })),
    ),
  );

  it('Q8 give a secret to one system in a release alone, in an environment', () => {
    const withSecrets = steps.filter(({ step }) => JSON.stringify(step).includes('${{ secrets.'));
    expect(withSecrets.map(({ file, environment, step }) => [file, environment, step.if])).toEqual([
      ['package.yml', "${{ inputs.release && 'signing' || '' }}", "inputs.release && runner.os == 'macOS'"],
      ['package.yml', "${{ inputs.release && 'signing' || '' }}", "inputs.release && runner.os == 'Windows'"],
    ]);
  });

  it('Q7 attest the files of the checksums, and nothing by a pattern for all', () => {
    const attested = steps.filter(({ step }) => step.uses?.startsWith('actions/attest') === true);
    expect(attested.map(({ step }) => step.with?.['subject-checksums'] ?? step.with?.['sbom-path'])).toEqual([
      'release/files/SHA256SUMS',
      'release/files/token-tray-app.cdx.json',
      'release/files/token-tray-cli.cdx.json',
    ]);
    expect(JSON.stringify(attested)).not.toMatch(/\/\*(?:\\n|")/);
    const downloads = steps.filter(({ step }) => step.uses?.startsWith('actions/download-artifact') === true);
    // test.yml uploads reports under other names.
    expect(downloads.map(({ step }) => step.with?.['pattern'] ?? step.with?.['name'])).toEqual([
      'packages-*',
      'release',
    ]);
  });

  it('Q10 pin each action by a commit, with its version, and the image by its digest', () => {
    for (const file of workflows) {
      const text = readFileSync(join(root, '.github/workflows', file), 'utf8');
      const used = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action);
      expect(used.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual(
        [],
      );
    }
    const dockerfile = readFileSync(join(root, 'packaging/docker/Dockerfile'), 'utf8');
    expect(dockerfile).toMatch(/^FROM node:24-slim@sha256:[0-9a-f]{64}$/m);
    const updates = readFileSync(join(root, '.github/dependabot.yml'), 'utf8');
    for (const kind of ['npm', 'github-actions', 'docker'])
      expect(updates).toContain(`package-ecosystem: ${kind}`);
  });

  it('Q10 put no value into the text of a command', () => {
    const inText = steps.filter(
      ({ file, step }) => file !== 'nightly.yml' && step.run?.includes('${{') === true,
    );
    expect(inText).toEqual([]);
  });

  it('Q12 install on each system, try what was installed, and remove it', () => {
    const named = steps.flatMap(({ file, job, step }) =>
      file === 'package.yml' && job === 'package' ? [step] : [],
    );
    const after = (os: string) =>
      named
        .filter((step) => step.if === `runner.os == '${os}'`)
        .map(({ name = '' }) => name.split(/[ ,]/)[0]);
    expect([after('Linux'), after('macOS'), after('Windows')]).toEqual([
      ['Install', 'Check', 'Remove', 'Try', 'Install'],
      ['Install', 'Check'],
      ['Install', 'Check', 'Uninstall', 'Install'],
    ]);
  });

  it('Q13 run npm as root nowhere, and package again when any part of a package changes', () => {
    const runs = steps.map(({ step }) => step.run ?? '').join('\n');
    expect(runs).not.toMatch(/sudo (?:npm|npx|node)\b/);
    const { on } = readWorkflow('package.yml') as unknown as { on: { pull_request: { paths: string[] } } };
    for (const path of [
      'electron/**',
      'renderer/**',
      'packaging/**',
      'scripts/**',
      'package.json',
      'package-lock.json',
    ]) {
      expect(on.pull_request.paths).toContain(path);
    }
  });
});
