import type { KnownFailure } from './verdict.ts';

type Reason = Pick<KnownFailure, 'reason' | 'because'>;

const pipes: Reason = {
  reason: 'fault of Wine',
  because: 'its named pipes can be made twice: it ignores FILE_FLAG_FIRST_PIPE_INSTANCE',
};
const links: Reason = { reason: 'fault of Wine', because: 'it makes symbolic links that lead nowhere' };
const netstat: Reason = { reason: 'fault of Wine', because: 'its netstat lists nothing' };
const consoles: Reason = {
  reason: 'needs a real machine',
  because: 'Wine tells the programs of a console of Ctrl-C alone',
};
const npm: Reason = { reason: 'needs a real machine', because: 'there is no npm beside node.exe' };
const git: Reason = { reason: 'needs a real machine', because: 'there is no git' };
const python: Reason = { reason: 'needs a real machine', because: 'there is no Python' };

/** The only place that says which tests do not pass under Wine, and why. */
export const knownFailures: readonly KnownFailure[] = [
  ...[
    'owning a home is for one at a time; the others are told its process id',
    'owning a home V13 of eight in this process that try at the same moment exactly one wins',
    'owning a home V13 of four programs that start at the same moment exactly one wins, and all know which',
  ].map((test) => ({ file: 'test/adapters/owner-lock.test.ts', test, ...pipes })),
  {
    file: 'test/windows/agent.windows.ts',
    test: 'the agent on Windows W9 a second owner of the home is refused by the process id of the first',
    ...pipes,
  },
  ...['a b', 'a b\n', 'a b\r\n', '\ufeffa b\n\n'].map((content) => ({
    file: 'test/cli/passphrase.test.ts',
    test: `the passphrase X5 is read from a linked file: ${JSON.stringify(content)}`,
    ...links,
  })),
  {
    file: 'test/adapters/policy-file.test.ts',
    test: 'a policy of the machine W8 is on Windows behind no link and no junction',
    reason: 'fault of Wine',
    because: 'it makes no junctions',
  },
  {
    file: 'test/adapters/vault-erasure.test.ts',
    test: 'signing out V17 goes on after one vault that cannot be changed, and says so',
    ...links,
  },
  {
    file: 'test/adapters/doctor/listening-programs.test.ts',
    test: 'a port of this computer P01 is held by the program that listens on it',
    ...netstat,
  },
  {
    file: 'test/windows/console.windows.ts',
    test: 'the agent in a console W1 W9 ends by ctrl-break in its usual way: exit 0, and the key is gone',
    ...consoles,
  },
  {
    file: 'test/cli/windows-exec.test.ts',
    test: 'exec on Windows W2 starts a batch file whose name holds a space',
    reason: 'fault of Wine',
    because: 'its cmd.exe does not find a file whose blank stands behind ^, as cross-spawn writes it',
  },
  { file: 'test/packaging/npm-package.test.ts', test: null, ...npm },
  {
    file: 'test/docs/sbom.test.ts',
    test: 'npm run sbom Q9 lists for each artifact what it holds, in the exact versions: Electron for the app, not the other’s libraries',
    ...npm,
  },
  {
    file: 'test/docs/default-port.test.ts',
    test: 'A6 the check finds digits of the default port outside documents and examples',
    ...git,
  },
  {
    file: 'test/docs/pages.test.ts',
    test: 'the code of the README X8 gets the token as it stands there, by the program’s rule for the folder',
    ...python,
  },
];
