import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { childEnvironment, withVariables } from '../../electron/contract/child-environment.ts';

describe('the environment of a program that we start', () => {
  it('X7 leaves our secrets out, and nothing else', () => {
    const env = {
      PATH: '/bin',
      TOKEN_TRAY_HOME: '/home/anna/tt',
      TOKEN_TRAY_PASSPHRASE: 'secret',
      TOKEN_TRAY_PASSPHRASE_FILE: '/run/secrets/passphrase',
      Token_Tray_Store_Key: 'secret',
      TOKEN_TRAY_STORE_KEY_FILE: '/run/secrets/key',
      TOKEN_TRAY_STORE: 'postgres://anna:secret@db',
      TOKEN_TRAY_TOOL_KEYS_FILE: '/run/secrets/keys',
    };
    expect(childEnvironment(env)).toEqual({ PATH: '/bin', TOKEN_TRAY_HOME: '/home/anna/tt' });
  });

  it('W5 has the new value alone on Windows, where names have no case', () => {
    const env = { Path: 'C:\\bin', MY_TOKEN: 'old', My_Token: 'older' };
    expect(withVariables(env, { my_token: 'new' }, 'win32')).toEqual({ Path: 'C:\\bin', my_token: 'new' });
    expect(withVariables(env, { my_token: 'new' }, 'linux')).toEqual({ ...env, my_token: 'new' });
  });

  it('X7 is given wherever one is started', () => {
    const starting = globSync('electron/**/*.ts').filter((file) => {
      const source = readFileSync(file, 'utf8');
      return (
        source.includes("from 'node:child_process'") &&
        /import \{[^}]*\b(?:spawn|execFile|fork|exec)\b/.test(source)
      );
    });
    expect(starting.length).toBeGreaterThan(3);
    for (const file of starting)
      expect(readFileSync(file, 'utf8'), file).toContain('childEnvironment(process.env)');
  });
});
