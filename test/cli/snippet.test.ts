import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  oauthSettings,
  snippet,
  snippetLanguages,
  type SnippetLanguage,
  type SnippetWay,
} from '../../electron/contract/snippets.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';
import { call } from '../support/token-tray-process.ts';

/** How a program of each language is run from a file, and what prints the token after the snippet. */
const runners: Readonly<
  Record<SnippetLanguage, { readonly command: string; readonly file: string; readonly print: string }>
> = {
  python: {
    command: 'python3',
    file: 'program.py',
    print: 'print("Authorization: " + headers["Authorization"])',
  },
  node: {
    command: process.execPath,
    file: 'program.mjs',
    print: 'console.log("Authorization:", headers.authorization)',
  },
  php: { command: 'php', file: 'program.php', print: 'echo $header;' },
  powershell: {
    command: 'pwsh',
    file: 'program.ps1',
    print: 'Write-Output "Authorization: $($headers.Authorization)"',
  },
  curl: { command: 'sh', file: 'program.sh', print: 'echo "Authorization: Bearer $token"' },
};

const here = snippetLanguages.filter(
  (language) => spawnSync(runners[language].command, ['-c', 'exit'], { stdio: 'ignore' }).error === undefined,
);
const missing = snippetLanguages.filter((language) => !here.includes(language));

// A name that each language would read as something else, were it not quoted.
const odd = `it's "a" \\ $HOME ’home’`;

let endpoint: TestEndpoint;
const ways: Record<'key' | 'file', SnippetWay> = {
  key: { kind: 'key', url: '', key: '' },
  file: { kind: 'file', path: '' },
};

beforeAll(async () => {
  endpoint = await TestEndpoint.start();
  const { url } = endpoint.running;
  const path = join(endpoint.home, odd);
  await writeFile(path, JSON.stringify({ version: 1, url, socket: null, key: endpoint.key }, null, 2));
  ways.key = { kind: 'key', url, key: endpoint.key };
  ways.file = { kind: 'file', path };
});

afterAll(() => endpoint[Symbol.asyncDispose]());

async function outputOf(language: SnippetLanguage, way: SnippetWay): Promise<string> {
  const { command, file, print } = runners[language];
  const program = join(endpoint.home, file);
  await writeFile(program, `${snippet(language, way)}${print}\n`);
  // A proxy that does not answer: the address is asked all the same.
  const env = {
    PATH: process.env['PATH'],
    http_proxy: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  const child = spawn(command, [program], { env });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('a snippet, run as it is printed', () => {
  for (const language of here) {
    it.each(['key', 'file'] as const)(`${language} gets the token by the %s`, async (kind) => {
      const asked = await endpoint.ask('/v1/token');
      const { access_token: token } = asked.json as { access_token: string };
      expect(await outputOf(language, ways[kind])).toBe(`Authorization: Bearer ${token}`);
    });
  }

  it.skip.each(missing)('%s is not installed here', () => undefined);
});

describe('what a snippet shows', () => {
  it.each(snippetLanguages)('%s by the file holds no key', (language) => {
    expect(snippet(language, ways.file)).not.toContain(endpoint.key);
  });

  it('a language that there is none for is wrong usage, and the sentence names those that there are', async () => {
    const python = await call(['snippet', 'python', '--home', endpoint.home]);
    expect(python).toMatchObject({ exitCode: 0, stderr: '' });
    expect(python.stdout).toContain(join(endpoint.home, 'endpoint.json'));
    const cobol = await call(['snippet', 'cobol']);
    expect(cobol).toMatchObject({ exitCode: 2, stdout: '' });
    expect(cobol.stderr).toContain('python, node, php, powershell, curl');
  });

  it('any OAuth 2.0 client gets address, name and key', () => {
    const told = oauthSettings({ url: 'http://127.0.0.1:7145', name: 'nightly-sync', key: 'tt_…' });
    expect(told).toContain('http://127.0.0.1:7145/oauth/token');
    expect(told).toMatch(/nightly-sync[\s\S]*tt_…/);
  });
});
