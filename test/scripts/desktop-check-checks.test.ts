import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CheckedApp } from '../../scripts/desktop-check/checked-app.ts';
import { Checks } from '../../scripts/desktop-check/checks.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const token = 'ey-the-token';

/** Checks of an app that gives this token to tools, at a person who pastes these texts. */
async function checksWith(pastes: readonly (string | null)[]) {
  const server = createServer((_, answer) => answer.end(JSON.stringify({ access_token: token })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const home = await temporaryHome();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(home, 'endpoint.json'), JSON.stringify({ url, key: 'key', pid: process.pid }));
  const left = [...pastes];
  const wrong: (string | null)[] = [];
  const checks = new Checks({
    app: new CheckedApp({ program: '', args: [], env: {}, home }),
    login: { isOn: () => Promise.resolve(null), restore: () => Promise.resolve(true) },
    platform: 'linux',
    askTrayHost: () => Promise.resolve(null),
    askPaste: (before) => {
      wrong.push(before);
      return Promise.resolve(left.shift() ?? null);
    },
    remember: () => undefined,
  });
  return { checks, wrong };
}

describe('what the check finds in a paste', () => {
  it.each([
    ['token_pasted', [` ${token}\n`], true, 'the clipboard holds the token that tools get'],
    ['token_gone', [''], true, 'the clipboard holds nothing'],
    [
      'token_pasted',
      ['', token],
      true,
      'the clipboard holds the token that tools get (second try; the first held nothing)',
    ],
    [
      'token_pasted',
      ['a word', ''],
      false,
      'the clipboard holds nothing (second try; the first held another text)',
    ],
    [
      'token_gone',
      [token, token],
      false,
      'the clipboard holds the token that tools get (second try; the first held the token that tools get)',
    ],
    ['token_gone', [null], null, 'nothing was pasted'],
  ] as const)('%s of %j: %s, %s', async (name, pastes, passed, text) => {
    const { checks, wrong } = await checksWith(pastes);
    expect(await checks.run(name)).toEqual({ passed, text });
    expect(wrong).toHaveLength(pastes.length);
    expect(wrong[0]).toBe(null);
  });
});

it('the check says of a second start that did not end what became of it', async () => {
  const { checks } = await checksWith([]);
  checks.secondStart = null;
  const text = 'the second start still ran after 15 s and was ended';
  expect(await checks.run('second_start_ended')).toEqual({ passed: false, text });
});
