import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';
import { holdFile } from './held-file.ts';

const demo = { username: 'demo@example.com', password: 'correct horse' };
const keyStores = {
  memory: { TOKEN_TRAY_KEY_STORE: 'memory', TOKEN_TRAY_PASSPHRASE: undefined },
  passphrase: { TOKEN_TRAY_KEY_STORE: 'passphrase' },
  keyring: { TOKEN_TRAY_KEY_STORE: 'keyring', TOKEN_TRAY_PASSPHRASE: undefined },
} as const;

let service: AuthService;
beforeAll(async () => {
  service = await startAuthService();
});
afterAll(() => service.close());

/** One that signs in with a password that is handed over as the text is. */
function signedIn(home: string, env: Readonly<Record<string, string | undefined>>, text = demo.password) {
  const args = ['--api', service.url, '--username', demo.username];
  return AgentProcess.start({ home, args, password: text, env });
}

describe('the agent on Windows', () => {
  it.each(['passphrase', 'keyring'] as const)(
    'W9 by %s has the same token after it was ended hard, for one sign-in, and ends by token-tray stop',
    async (keyStore) => {
      const home = await temporaryHome();
      const before = service.stats();
      let token: string;
      {
        await using agent = await signedIn(home, keyStores[keyStore]);
        token = await agent.token();
        expect((await call(['status', '--json', '--home', home])).stdout).toContain(
          `"key_store":"${keyStore}"`,
        );
        await agent.end('SIGKILL');
      }
      await using again = await AgentProcess.start({ home, env: keyStores[keyStore] });
      expect(await again.token()).toBe(token);
      const after = service.stats();
      expect([after.logins - before.logins, after.refreshes - before.refreshes]).toEqual([1, 0]);
      expect(readFileSync(join(home, `vault.${keyStore}.json`), 'utf8')).not.toContain(token);
      expect(await call(['stop', '--home', home])).toMatchObject({ exitCode: 0 });
      expect(await again.ended()).toBe(0);
      expect([existsSync(join(home, 'endpoint.json')), existsSync(join(home, 'curlrc'))]).toEqual([
        false,
        false,
      ]);
      expect((await call(['token', '--home', home])).exitCode).toBe(4);
    },
  );

  it('W9 a second owner of the home is refused by the process id of the first', async () => {
    const home = await temporaryHome();
    await using agent = await AgentProcess.start({ home, env: keyStores.memory });
    const second = await AgentProcess.start({ home, env: keyStores.memory }).catch(String);
    if (second instanceof AgentProcess) await second.end('SIGKILL');
    expect(second).toContain(`(process ${String(agent.pid)})`);
  });

  it('W9 in memory keeps nothing', async () => {
    const home = await temporaryHome();
    await using agent = await signedIn(home, keyStores.memory);
    await agent.token();
    await agent.end('SIGKILL');
    await using again = await AgentProcess.start({ home, env: keyStores.memory });
    expect(await call(['token', '--home', home])).toMatchObject({ exitCode: 3, stdout: '' });
    expect(again.pid).not.toBe(agent.pid);
  });
});

describe('a home on Windows', () => {
  const spellings: readonly {
    readonly name: string;
    readonly home: (folder: string) => string;
    /** The same folder, as a command names it. */
    readonly asked: (home: string) => string;
  }[] = [
    {
      name: 'with blanks',
      home: (folder) => join(folder, 'my own folder'),
      asked: (home) => home.toUpperCase(),
    },
    {
      name: 'of Jörg Müller',
      home: (folder) => join(folder, 'Jörg Müller'),
      asked: (home) => `\\\\?\\${home}`,
    },
    {
      name: 'in Arabic',
      home: (folder) => join(folder, 'مجلد'),
      asked: (home) => home.replaceAll('\\', '/'),
    },
    {
      name: 'with \\\\?\\ before it',
      home: (folder) => `\\\\?\\${join(folder, 'long')}`,
      asked: (home) => home.slice(4),
    },
    {
      name: 'with forward slashes',
      home: (folder) => `${folder.replaceAll('\\', '/')}/forward/slashes`,
      asked: (home) => win32.normalize(home),
    },
    {
      name: 'with a backslash after it',
      home: (folder) => `${join(folder, 'ended')}\\`,
      asked: (home) => home.slice(0, -1),
    },
  ];
  it.each(spellings)('$name is found by another spelling, and serves', async (spelling) => {
    const home = spelling.home(await temporaryHome());
    const asked = spelling.asked(home);
    await using agent = await signedIn(home, keyStores.passphrase);
    expect(await call(['token', '--home', asked])).toEqual({
      exitCode: 0,
      stdout: `${await agent.token()}\n`,
      stderr: '',
    });
    expect(await call(['stop'], '', { TOKEN_TRAY_HOME: asked })).toMatchObject({ exitCode: 0 });
  });

  it('W7 below a file, or that a file stands in for, is refused with its reason', async () => {
    const folder = await temporaryHome();
    writeFileSync(join(folder, 'file'), '');
    for (const home of [join(folder, 'file'), join(folder, 'file', 'home')]) {
      const { exitCode, stderr } = await call(['agent', '--home', home], '', keyStores.memory);
      expect([exitCode, stderr.trim().split('\n').length]).toEqual([1, 1]);
      expect(stderr).not.toContain('disk reported');
    }
  });

  it('W3 takes a renewed token although another program holds its vault for a second', async () => {
    const home = await temporaryHome();
    await using agent = await signedIn(home, keyStores.passphrase);
    const token = await agent.token();
    const held = holdFile(join(home, 'vault.passphrase.json'));
    const renewed = call(['renew', '--rejected-stdin', '--home', home], token);
    await expect.poll(() => service.stats().refreshes).toBeGreaterThan(0);
    // Longer than the 310 ms for which a held file was waited for once.
    await delay(1_000);
    held.release();
    const { exitCode, stdout } = await renewed;
    expect(exitCode).toBe(0);
    expect(stdout.trim()).not.toBe(token);
    await agent.end('SIGKILL');
    await using again = await AgentProcess.start({ home, env: keyStores.passphrase });
    expect(await again.token()).toBe(stdout.trim());
  });
});

describe('a secret in a file of Windows', () => {
  const spellings = [
    ['with CRLF', (text: string) => `${text}\r\n`],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['with both', (text: string) => `\uFEFF${text}\r\n`],
  ] as const;
  it.each(spellings)('%s is the password, and the passphrase, without them', async (_name, spell) => {
    const folder = await temporaryHome();
    const home = join(folder, 'home');
    const file = join(folder, 'passphrase');
    await mkdir(home);
    writeFileSync(file, spell('a passphrase of a file'));
    const env = { TOKEN_TRAY_PASSPHRASE: undefined, TOKEN_TRAY_PASSPHRASE_FILE: file };
    let token: string;
    {
      await using agent = await signedIn(home, env, spell(demo.password));
      token = await agent.token();
      await agent.end('SIGKILL');
    }
    const plain = { TOKEN_TRAY_PASSPHRASE: 'a passphrase of a file' };
    await using again = await AgentProcess.start({ home, env: plain });
    expect(await again.token()).toBe(token);
  });
});
