import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPolicy, type PolicyParts } from '../../electron/adapters/policy-file.ts';
import { decidedBy, noPolicy, policyPath, type PolicyTrouble } from '../../electron/contract/policy.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';
// In a test whoever runs it is the administrator.
const here: PolicyParts = {
  platform: process.platform,
  administrator: process.getuid?.() ?? 0,
  isAdministrators: () => Promise.resolve(true),
};

async function policyOf(content: string | Uint8Array, parts = here) {
  const path = join(await temporaryHome(), 'policy.json');
  await writeFile(path, content, { mode: 0o644 });
  return readPolicy(path, parts);
}

describe('a policy of the machine', () => {
  it('decides what it names and nothing else', async () => {
    const whole = {
      service: 'https://Auth.Example/',
      port: 47_200,
      language: 'ar',
      furtherHosts: { orders: 'https://orders.example/api/' },
      lookForNewVersions: false,
      signInHelp: { text: 'Use your staff email.', contact: 'help@example.com, 4711' },
    };
    const { policy, trouble } = await policyOf(JSON.stringify(whole));
    expect(trouble).toBeNull();
    expect(policy).toEqual({
      ...whole,
      service: 'https://auth.example',
      furtherHosts: { orders: 'https://orders.example/api' },
    });
    const part = await policyOf('{ "lookForNewVersions": false, "signInHelp": { "contact": "Ben" } }');
    expect(part.policy).toEqual({
      ...noPolicy,
      lookForNewVersions: false,
      signInHelp: { text: null, contact: 'Ben' },
    });
    expect(decidedBy(part.policy)).toEqual(['lookForNewVersions', 'signInHelp']);
  });

  it('is nothing where there is no file, nor a folder for it', async () => {
    const home = await temporaryHome();
    for (const path of [join(home, 'policy.json'), join(home, 'none', 'policy.json')]) {
      expect(await readPolicy(path, here)).toEqual({ path, policy: noPolicy, trouble: null });
    }
  });

  it('may be as an editor of Windows writes it, with a byte order mark', async () => {
    const { policy } = await policyOf('\u{FEFF}{ "port": 47200 }\r\n');
    expect(policy.port).toBe(47_200);
  });

  it.each<readonly [string, string, PolicyTrouble]>([
    ['no JSON', 'port: 47200', { kind: 'not_json' }],
    ['a list', '[]', { kind: 'not_json' }],
    ['a mistyped name', '{ "prot": 1 }', { kind: 'unknown_key', key: 'prot' }],
    [
      'a mistyped name further in',
      '{ "signInHelp": { "phone": "1" } }',
      { kind: 'unknown_key', key: 'signInHelp.phone' },
    ],
    ['an address in clear', '{ "service": "http://auth.example" }', { kind: 'bad_value', key: 'service' }],
    ['a port that is none', '{ "port": "47200" }', { kind: 'bad_value', key: 'port' }],
    ['a language without words', '{ "language": "fr" }', { kind: 'bad_value', key: 'language' }],
    [
      'a host that is none',
      '{ "furtherHosts": { "orders": "orders" } }',
      { kind: 'bad_value', key: 'furtherHosts.orders' },
    ],
    [
      'a line that turns the text around',
      '{ "signInHelp": { "text": "a\\u202eb" } }',
      { kind: 'bad_value', key: 'signInHelp.text' },
    ],
    ['help that says nothing', '{ "signInHelp": {} }', { kind: 'bad_value', key: 'signInHelp' }],
    ['null', '{ "port": null }', { kind: 'bad_value', key: 'port' }],
  ])('is not used at all with %s', async (_what, content, trouble) => {
    expect(
      await policyOf(content.replace('{', '{ "lookForNewVersions": false, ').replace(', }', ' }')),
    ).toMatchObject({
      policy: noPolicy,
      trouble,
    });
  });

  it('is not used where it holds no text, or more than a policy could', async () => {
    expect((await policyOf(new Uint8Array([0xff, 0xfe, 0x7b]))).trouble).toEqual({ kind: 'not_json' });
    expect((await policyOf(' '.repeat(70_000))).trouble).toEqual({ kind: 'unreadable' });
  });

  it('is not used where its value would name a secret: the trouble names the key alone', async () => {
    const { trouble } = await policyOf('{ "service": "https://anna:hunter2@auth.example" }');
    expect(JSON.stringify(trouble)).not.toContain('hunter2');
  });

  it.runIf(onPosix)('is not used where others than the administrator may have written it', async () => {
    const path = join(await temporaryHome(), 'policy.json');
    await writeFile(path, '{ "port": 47200 }');
    const refused = { policy: noPolicy, trouble: { kind: 'not_administrators' } };
    for (const mode of [0o664, 0o646]) {
      await chmod(path, mode);
      expect(await readPolicy(path, here)).toMatchObject(refused);
    }
    await chmod(path, 0o644);
    expect(await readPolicy(path, { ...here, administrator: 4711 })).toMatchObject(refused);
    expect((await readPolicy(path, here)).policy.port).toBe(47_200);
  });

  it.runIf(onPosix)('may stand behind a link, whose target is what counts', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'own.json'), '{ "port": 47200 }', { mode: 0o644 });
    await symlink(join(home, 'own.json'), join(home, 'policy.json'));
    expect((await readPolicy(join(home, 'policy.json'), here)).policy.port).toBe(47_200);
    await chmod(join(home, 'own.json'), 0o666);
    expect((await readPolicy(join(home, 'policy.json'), here)).trouble).toEqual({
      kind: 'not_administrators',
    });
  });

  it('is not waited for where a folder stands in its place', async () => {
    const path = join(await temporaryHome(), 'policy.json');
    await mkdir(path);
    expect((await readPolicy(path, here)).trouble).not.toBeNull();
  });

  it('is on Windows what an administrator owns', async () => {
    const windows = { platform: 'win32', isAdministrators: () => Promise.resolve(false) };
    expect((await policyOf('{}', windows)).trouble).toEqual({ kind: 'not_administrators' });
    const owned = { ...windows, isAdministrators: () => Promise.resolve(true) };
    expect((await policyOf('{ "port": 47200 }', owned)).policy.port).toBe(47_200);
  });

  it('W8 could not be checked on Windows where Windows does not tell who may have written it', async () => {
    const silent = { platform: 'win32', isAdministrators: () => Promise.resolve(null) };
    expect((await policyOf('{ "port": 47200 }', silent)).trouble).toEqual({ kind: 'unchecked' });
  });

  it('W8 is judged on Windows before it is opened', async () => {
    const path = join(await temporaryHome(), 'policy.json');
    await writeFile(path, '{ "port": 47200 }', { mode: 0o644 });
    const windows = {
      platform: 'win32',
      // Until it is judged, the file of another user stands there.
      isAdministrators: async () => {
        await rm(path);
        await writeFile(path, '{ "port": 47201 }');
        return true;
      },
    };
    expect((await readPolicy(path, windows)).policy.port).toBe(47_201);
  });

  it('W8 is on Windows behind no link and no junction', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'real'));
    await writeFile(join(home, 'real', 'policy.json'), '{ "port": 47200 }');
    await symlink(join(home, 'real'), join(home, 'token-tray'), 'junction');
    const windows = { platform: 'win32', isAdministrators: () => Promise.resolve(true) };
    const { trouble } = await readPolicy(join(home, 'token-tray', 'policy.json'), windows);
    expect(trouble).toEqual({ kind: 'not_administrators' });
    expect((await readPolicy(join(home, 'none', 'policy.json'), windows)).trouble).toBeNull();
  });
});

describe('the place of a policy', () => {
  it('is the one of each system', () => {
    expect(policyPath('linux', undefined)).toBe('/etc/token-tray/policy.json');
    expect(policyPath('darwin', undefined)).toBe('/Library/Application Support/token-tray/policy.json');
    expect(policyPath('win32', 'D:\\Data')).toBe('D:\\Data\\token-tray\\policy.json');
    expect(policyPath('win32', undefined)).toBe('C:\\ProgramData\\token-tray\\policy.json');
  });
});
