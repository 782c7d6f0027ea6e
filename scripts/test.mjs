// `npm test`: type check, lint, import rules and all tests, headless. `npm test -- S01` runs the tests whose names
// carry S01, and nothing else. What cannot be had on this machine is skipped, and named in the last lines.
// `npm run test:long` runs the tests that take more than 10 s each (test/**/*.long.ts) in the same way, without the checks.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { browserExecutable } from '../test/support/browser.ts';
import { run, runNpm } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const long = process.argv.includes('--long');
const report = `${root}out/${long ? 'long-test-report' : 'test-report'}.json`;
const [named] = process.argv.slice(2).filter((argument) => argument !== '--long');
const skipped = [];
const provisions = [
  {
    what: 'the key store',
    tests: 'the tests with the system’s own key store',
    missing: () =>
      process.platform === 'linux' ? lackingOf('dbus-run-session', 'gnome-keyring-daemon') : [],
    packages: 'dbus-x11 gnome-keyring',
  },
  {
    what: 'the browser',
    tests: 'the tests in a browser',
    missing: () => (browserExecutable() === null ? ['Chromium'] : []),
    packages: 'chromium-headless-shell',
    orElse: 'npx playwright install chromium',
  },
  {
    what: 'the HTTP clients',
    tests: 'the tests with other programs’ HTTP clients',
    missing: () => [...lackingOf('curl', 'wget'), ...(pythonHas('requests') ? [] : ['Python’s requests'])],
    packages: 'curl wget python3-requests',
  },
  {
    what: 'the JDK',
    tests: 'the test with Java’s HttpClient',
    missing: () => lackingOf('java'),
    packages: 'default-jdk-headless',
    // About 200 MB for one test.
    onRequest: true,
  },
  {
    what: 'the validators of packages',
    tests: 'the tests of the Linux packages by their validators',
    missing: () =>
      process.platform === 'linux' ? lackingOf('desktop-file-validate', 'apparmor_parser', 'dpkg-deb') : [],
    packages: 'desktop-file-utils apparmor dpkg',
  },
  {
    what: 'a disk that keeps no permissions',
    tests: 'the tests on a disk that keeps no permissions',
    missing: () => (process.platform === 'linux' ? lackingOf('bindfs') : []),
    packages: 'bindfs',
  },
  {
    what: 'the runtimes of the examples',
    tests: 'the examples’ tests',
    missing: () => [
      ...lackingOf('php'),
      ...(pythonHas('authlib', 'requests_oauthlib') ? [] : ['Python’s Authlib and requests-oauthlib']),
    ],
    packages: 'php-cli python3-authlib python3-requests-oauthlib',
  },
];

for (const provision of provisions) provide(provision);
if (named === undefined && !long && !(await checks())) process.exit(1);
const passed = await runTests(named === undefined ? [] : ['-t', named]);
summarise();
process.exit(passed ? 0 : 1);

/** Some tests use programs of the system: its packages are installed where this may be done. */
function provide({ what, tests, missing, packages, orElse, onRequest }) {
  const lacking = missing();
  if (lacking.length === 0) return;
  const install = `apt-get install -y --no-install-recommends ${packages}`;
  if (!onRequest && process.platform === 'linux' && process.getuid() === 0 && runs('apt-get', '--version')) {
    say(`Installing ${what} that the tests use (${install}) …`);
    quietly('apt-get', 'update');
    if (quietly(...install.split(' ')) && missing().length === 0) return;
  }
  const remedy = process.platform === 'linux' ? [`sudo ${install}`, orElse] : [orElse];
  skipped.push(`${tests} need ${lacking.join(' and ')}: ${remedy.filter(Boolean).join(', or ')}`);
}

function runTests(filter) {
  rmSync(report, { force: true });
  const vitest = `${root}/node_modules/vitest/vitest.mjs`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', ...reporters, ...filter];
  const env = { ...process.env, TOKEN_TRAY_LONG_TESTS: long ? '1' : '' };
  return run(process.execPath, [vitest, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function summarise() {
  // Ctrl-C, for one.
  if (!existsSync(report)) return say('The tests were ended before they were through.');
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (named === undefined && process.getuid?.() !== 0) {
    skipped.push('the tests on a full and a read-only disk mount one of their own: run npm test as root');
  }
  const names = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
  );
  if (named === undefined) for (const name of names) say(`Skipped: ${name}`);
  for (const reason of skipped) say(`Not run here: ${reason}`);
  say(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}

function checks() {
  return runNpm(['run', '--silent', 'check'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}

function lackingOf(...programs) {
  return programs.filter((name) => !runs(name, '--version'));
}

function runs(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).error === undefined;
}

function pythonHas(...modules) {
  const pythons = ['python3', '/usr/bin/python3'];
  return pythons.some(
    (python) => spawnSync(python, ['-c', `import ${modules.join()}`], { stdio: 'ignore' }).status === 0,
  );
}

function quietly(program, ...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
