import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
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
import { environmentsOf } from '../support/home-environments.ts';
import { python } from '../support/python.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';
import { call } from '../support/token-tray-process.ts';

/** How a program of each language is run from a file, and what prints the token after the snippet. */
const runners: Readonly<
  Record<SnippetLanguage, { readonly command: string; readonly file: string; readonly print: string }>
> = {
  python: {
    command: python,
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

// A name that each language would read as something else, were it not quoted. Windows allows neither " nor \.
const odd = process.platform === 'win32' ? `it's $HOME %PATH% ’home’` : `it's "a" \\ $HOME ’home’`;

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

/** What a snippet says of another system, where that can be said before it. */
const on: Readonly<Partial<Record<SnippetLanguage, (platform: string) => string>>> = {
  python: (platform) => `import sys, urllib.request; sys.platform = "${platform}"\n`,
  node: (platform) => `Object.defineProperty(process, 'platform', { value: '${platform}' });\n`,
  curl: (platform) =>
    `uname() { echo ${{ darwin: 'Darwin', win32: 'MINGW64_NT-10.0' }[platform] ?? 'Linux'}; }\n`,
};

async function outputOf(
  language: SnippetLanguage,
  way: SnippetWay,
  { before = '', env: extra = {} }: { before?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { command, file, print } = runners[language];
  const program = join(endpoint.home, file);
  await writeFile(program, `${before}${snippet(language, way)}${print}\n`);
  // A proxy that does not answer: the address is asked all the same.
  const env = {
    PATH: process.env['PATH'],
    http_proxy: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    ...extra,
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

  it.runIf(process.platform !== 'win32').each(here)(
    'X8 %s follows the program’s rule for the folder',
    async (language) => {
      const { access_token: token } = (await endpoint.ask('/v1/token')).json as { access_token: string };
      const expected = `Authorization: Bearer ${token}`;
      const home = await temporaryHome();
      await copyFile(join(endpoint.home, odd), join(home, 'endpoint.json'));
      const rule = { kind: 'file', path: null } as const;
      expect(await outputOf(language, rule, { env: { TOKEN_TRAY_HOME: home } })).toBe(expected);
      for (const { platform, env } of await environmentsOf(home)) {
        const before = on[language]?.(platform);
        if (before === undefined && platform !== process.platform) continue;
        expect([platform, env, await outputOf(language, rule, { before: before ?? '', env })]).toEqual([
          platform,
          env,
          expected,
        ]);
      }
    },
  );

  it.runIf(here.includes('curl')).each(['key', 'file'] as const)(
    'X8 curl by the %s says why there is no token, and fails',
    async (kind) => {
      const { tokenReply } = endpoint.engine;
      endpoint.engine.tokenReply = () => ({
        kind: 'refused',
        refusal: { code: 'paused', retryAfterSeconds: 60 },
      });
      const child = spawn('sh', ['-c', `${snippet('curl', ways[kind])}echo "status $? token $token"`]);
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      endpoint.engine.tokenReply = tokenReply;
      expect(stdout).toBe('status 1 token \n');
      expect(stderr).toContain('"code":"paused"');
    },
  );

  it.skip.each(missing)('%s is not installed here', () => undefined);
});

describe('what a snippet shows', () => {
  it.each(snippetLanguages)('%s by the file holds no key', (language) => {
    expect(snippet(language, ways.file)).not.toContain(endpoint.key);
  });

  it('X8 names no folder of its own, unless --home does', async () => {
    for (const language of snippetLanguages) {
      expect(snippet(language, { kind: 'file', path: null })).toContain('XDG_CONFIG_HOME');
    }
    const env = { HOME: '/home/of-the-caller', XDG_CONFIG_HOME: '/config/of-the-caller' };
    const { stdout } = await call(['snippet', 'curl'], '', env);
    expect(stdout.trim()).toBe(snippet('curl', { kind: 'file', path: null }).trim());
    expect(stdout).not.toContain('of-the-caller');
  });

  it('a language that there is none for is wrong usage, and the sentence names those that there are', async () => {
    const python = await call(['snippet', 'python', '--home', endpoint.home]);
    expect(python).toMatchObject({ exitCode: 0, stderr: '' });
    expect(python.stdout).toContain(JSON.stringify(join(endpoint.home, 'endpoint.json')));
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
