import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
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

describe('the code of the README', () => {
  it('gets the token as it stands there, in Python and in Node.js', async () => {
    await using stack = new AsyncDisposableStack();
    const service = await startAuthService();
    stack.defer(() => service.close());
    const agent = stack.use(
      await AgentProcess.start({
        home: await temporaryHome(),
        args: ['--api', service.url, '--username', 'demo@example.com'],
        password: 'correct horse',
        env: { TOKEN_TRAY_KEY_STORE: 'memory' },
      }),
    );
    const programs = [
      ['python', 'python3', ['-c'], 'print(token)'],
      ['js', process.execPath, ['--input-type=module', '-e'], 'console.log(token)'],
    ] as const;
    for (const [language, program, args, print] of programs) {
      const [code = ''] = blocks('README.md', language);
      const child = spawn(program, [...args, `${code}\n${print}`], {
        env: { PATH: process.env['PATH'], TOKEN_TRAY_HOME: agent.home },
      });
      const said = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      expect([language, said[0].trim(), said[1]]).toEqual([language, await agent.token(), '']);
    }
  });
});
