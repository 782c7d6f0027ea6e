import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { environmentsOf } from '../support/home-environments.ts';
import { python } from '../support/python.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess } from '../support/token-tray-process.ts';

const root = join(import.meta.dirname, '../..');
const pages = globSync(['*.md', 'docs/*.md', 'examples/*.md'], { cwd: root })
  .filter((name) => name !== 'CHANGELOG.md')
  .sort();
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** The fenced blocks of a page in one language. */
function blocks(page: string, language: string): string[] {
  return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code = '']) => code,
  );
}

/** A heading as links name it (GitHub's rule). */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

describe.each(pages)('%s', (page) => {
  it('links to what there is', () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links) {
      const [path = '', anchor] = link.split('#');
      const target = join(dirname(page), path);
      expect([link, existsSync(join(root, target))]).toEqual([link, true]);
      if (anchor !== undefined) {
        const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
          anchorOf(heading),
        );
        expect(headings, link).toContain(anchor);
      }
    }
    for (const [, anchor = ''] of read(page).matchAll(/\]\(#([^)]+)\)/g)) {
      const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
      expect(headings).toContain(anchor);
    }
  });

  it('names scripts and commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of read(page).matchAll(/\bnpm run (?:--silent )?([a-z:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(name.replace(/:$/, ''));
    }
    const shell = blocks(page, 'sh').join('\n');
    for (const [, words = ''] of shell.matchAll(/(?<![./\w-])token-tray ((?:[a-z]+ ?){1,2})/g)) {
      const [first = '', second = ''] = words.trim().split(' ');
      expect([`${first} ${second}`, first], words).toSatisfy((names: string[]) =>
        names.some((name) => Object.keys(commands).includes(name)),
      );
    }
  });
});

it.each(['docs/commands.md', 'docs/connect-a-tool.md'])(
  'S3 %s says that the installed app has no command, before it names one to run',
  (page) => {
    const text = read(page);
    const said = text.indexOf('The installed app has no `token-tray` command.');
    expect(said).toBeGreaterThan(0);
    const [first] = [...text.matchAll(/^```sh$/gm)];
    expect(said).toBeLessThan(Math.min(first?.index ?? Infinity, text.indexOf('\n## ')));
  },
);

/** What runs each language's code of the README, says that it runs on another system, and prints the token. */
const runners = {
  python: {
    command: python,
    args: ['-c'],
    on: (platform: string) => `import sys, urllib.request; sys.platform = "${platform}"`,
    print: 'print(token)',
  },
  js: {
    command: process.execPath,
    args: ['--input-type=module', '-e'],
    on: (platform: string) => `Object.defineProperty(process, 'platform', { value: '${platform}' });`,
    print: 'console.log(token)',
  },
} as const;

describe('the code of the README', () => {
  it('X8 gets the token as it stands there, by the program’s rule for the folder', async () => {
    await using stack = new AsyncDisposableStack();
    const service = await startAuthService();
    stack.defer(() => service.close());
    const home = await temporaryHome();
    const agent = stack.use(
      await AgentProcess.start({
        home,
        args: ['--api', service.url, '--username', 'demo@example.com'],
        password: 'correct horse',
        env: { TOKEN_TRAY_KEY_STORE: 'memory' },
      }),
    );
    const token = await agent.token();
    for (const { platform, env } of [
      { platform: process.platform, env: { HOME: '/nonexistent', TOKEN_TRAY_HOME: home } },
      ...(process.platform === 'win32' ? [] : await environmentsOf(home)),
    ]) {
      for (const [language, { command, args, on, print }] of Object.entries(runners)) {
        const [code = ''] = blocks('README.md', language);
        const child = spawn(command, [...args, `${on(platform)}\n${code}\n${print}`], {
          env: { PATH: process.env['PATH'], ...env },
        });
        const [said, trouble] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          once(child, 'close'),
        ]);
        expect([language, platform, env, said.trim(), trouble]).toEqual([language, platform, env, token, '']);
      }
    }
  });
});
