import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { readPolicy } from '../../electron/adapters/policy-file.ts';
import { newestRelease } from '../../electron/adapters/release-feed.ts';
import { openFileSettings } from '../../electron/adapters/settings-file.ts';
import { FileTools } from '../../electron/adapters/tools-file.ts';
import { findEndpoint } from '../../electron/cli/connection.ts';
import { decidedBy } from '../../electron/contract/policy.ts';
import { RememberingLog } from '../support/remembering-log.ts';
import { session } from '../support/session-records.ts';
import { StoredVault, wallAtNoon } from '../support/stored-vault.ts';
import { ledgerIn, intent } from '../support/written-ledger.ts';
import { damaged, damages } from './damage.ts';
import type { Target } from './target.ts';

/** A file of the home: how it is made well, and how it is opened. */
interface StoredFile {
  readonly name: string;
  readonly file: string;
  readonly write: (home: string) => Promise<unknown>;
  readonly open: (home: string) => Promise<unknown>;
  /** Whoever reads it never writes it, so nothing need be kept. */
  readonly foreign?: true;
}

const storedFiles: readonly StoredFile[] = [
  {
    name: 'the vault’s file',
    file: 'vault.keyring.json',
    write: (home) => new StoredVault(home).write(session(1), 0),
    open: (home) => new StoredVault(home).read(),
  },
  {
    name: 'the ledger’s file',
    file: 'ledger.jsonl',
    write: async (home) => {
      const { ledger, now } = ledgerIn(home);
      await ledger.appendIntent(intent('line-1', now));
      await ledger.appendOutcome('line-1', now, { kind: 'issued', lifetimeMs: 2_700_000 });
    },
    open: (home) => ledgerIn(home).ledger.read(),
  },
  {
    name: 'the settings’ file',
    file: 'settings.json',
    write: (home) =>
      writeFile(join(home, 'settings.json'), '{"port":50000,"furtherHosts":{"a":"https://a.example"}}'),
    open: (home) => openFileSettings({ home, log: new RememberingLog(), clock: wallAtNoon }),
  },
  {
    name: 'the tools’ file',
    file: 'tools.json',
    write: async (home) => {
      const tool = { name: 'sync', digest: 'A'.repeat(43), addedAt: 0, expiresAt: null };
      await toolsIn(home).write([{ ...tool, proxyOnly: false, account: null }]);
    },
    open: (home) => toolsIn(home).read(),
  },
  {
    name: 'the discovery file',
    file: 'endpoint.json',
    write: (home) =>
      writeFile(
        join(home, 'endpoint.json'),
        '{"version":1,"url":"http://127.0.0.1:7145","socket":null,"key":"a-key","pid":7}',
      ),
    open: async (home) => {
      const found = findEndpoint(home);
      // As Node refuses it, with a stack trace.
      if (found && 'port' in found.target && found.target.port > 65_535) throw new Error('no port');
      await Promise.resolve();
    },
    foreign: true,
  },
  {
    name: 'the machine’s policy',
    file: 'policy.json',
    write: (home) =>
      writeFile(
        join(home, 'policy.json'),
        '{"service":"https://a.example","port":47200,"furtherHosts":{"a":"https://b.example"},"signInHelp":{"text":"Ask"}}',
        { mode: 0o600 },
      ),
    open: async (home) => {
      const { policy, trouble } = await readPolicy(join(home, 'policy.json'), administrators);
      if (trouble && decidedBy(policy).length > 0) throw new Error('a wrong policy decides something');
      const addresses = [policy.service, ...Object.values(policy.furtherHosts ?? {})];
      const unsound = addresses.find((address) => address !== null && !address.startsWith('https:'));
      if (unsound !== undefined) throw new Error(`a policy names ${unsound}`);
    },
    foreign: true,
  },
  {
    name: 'what a release’s server answers',
    file: 'latest.yml',
    write: (home) =>
      writeFile(join(home, 'latest.yml'), 'version: 1.3.0\npath: a.exe\nsha512: x\nfiles: [{url: a}]\n'),
    open: async (home) => {
      const answer = await readFile(join(home, 'latest.yml'));
      const version = await newestRelease('https://a.example', () => Promise.resolve(new Response(answer)));
      if (version !== null && !/^\d+\.\d+\.\d+[-+.\w]*$/.test(version))
        throw new Error(`a version ${version}`);
    },
    foreign: true,
  },
];

const toolsIn = (home: string) => new FileTools({ home, clock: wallAtNoon, log: new RememberingLog() });

const administrators = {
  platform: process.platform,
  administrator: process.getuid?.() ?? 0,
  isAdministrators: () => Promise.resolve(true),
};

export function fileTargets(temporary: () => Promise<string>): readonly Target[] {
  return storedFiles.map(({ name, file, write, open, foreign }) => ({
    name,
    property: fc.asyncProperty(damages, async (changes) => {
      const home = await temporary();
      await write(home);
      const bytes = damaged(await readFile(join(home, file)), changes);
      await writeFile(join(home, file), bytes);
      await open(home);
      if (!foreign && !(await keeps(home, bytes)))
        throw new Error('what stood in the file is nowhere any more');
      await rm(home, { recursive: true });
    }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }));
}

/** Whether some file of the home still holds these bytes, in its own place or set aside. */
async function keeps(home: string, bytes: Buffer): Promise<boolean> {
  const names = await readdir(home);
  const contents = await Promise.all(names.map((name) => readFile(join(home, name)).catch(() => null)));
  return contents.some((content) => content?.subarray(0, bytes.length).equals(bytes));
}
