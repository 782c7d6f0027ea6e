import { chmod, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireOwnerLock } from '../electron/adapters/owner-lock.ts';
import type { ServiceReply } from '../electron/core/ports.ts';
import { findingLevels, type Finding } from '../electron/contract/doctor-findings.ts';
import { describeFinding } from '../electron/contract/doctor-words.ts';
import type { OutlookAnswer } from '../electron/contract/wire.ts';
import { doctorList } from '../electron/cli/doctor-list.ts';
import { examine, type DoctorOptions, type OwnerAnswer } from '../electron/doctor.ts';
import { outlookFindings } from '../electron/doctor-outlook.ts';
import { outlookAnswer } from '../electron/endpoint/routes/outlook.ts';
import { anna, hour, minute, Program } from './support/program.ts';
import { closedPort, RawServer } from './support/raw-server.ts';
import {
  lostByError,
  refusedAsExpired,
  refusedAsSuspended,
  unsent,
} from './support/scripted-auth-service.ts';
import { temporaryHome } from './support/temporary-home.ts';

const lifetime = 45 * minute;

function outlookOf(program: Program, keys = { programsOfThisUser: true, toolKeys: 0 }): OutlookAnswer {
  return outlookAnswer(program.accounts.outlook(), { ...keys, now: program.clock.wallNow() });
}

function sentences(findings: readonly Finding[]): string[] {
  return findings.map((finding) => describeFinding(finding).sentence);
}

/** What doctor says last: never that nothing needs mending unless a tool would get a token. */
function summary(findings: readonly Finding[]): string {
  const described = findings.map((it) => ({ level: findingLevels[it.code], ...describeFinding(it) }));
  return doctorList(described, process.stderr).split('\n').at(-1) ?? '';
}

async function rejected(program: Program): Promise<void> {
  await program.reject('access-1');
}

/** Each state of a session, with what a tool would get in it. `*`: a time of day. */
const states: readonly [state: string, make: () => Promise<Program>, sentence: string][] = [
  ['no account', () => Program.started(), 'A tool that asks now gets no token: no account is signed in.'],
  [
    'signed out',
    async () => {
      const program = await Program.signedIn();
      await program.accounts.signOut(null);
      return program;
    },
    `A tool that asks now gets no token for ${anna}: it is signed out.`,
  ],
  [
    'signing in',
    async () => {
      const program = await Program.signedIn();
      program.service.then(refusedAsExpired);
      await rejected(program);
      await program.clock.advance(lifetime);
      program.service.thenHold();
      void program.signIn();
      await program.settle();
      expect(program.state).toBe('signing_in');
      return program;
    },
    `A tool that asks now gets no token for ${anna}: a sign-in is in progress.`,
  ],
  [
    'paused',
    async () => {
      const program = await Program.signedIn();
      await program.core.pause.begin(hour);
      return program;
    },
    `A tool that asks now gets no token for ${anna}: tools are paused (until *).`,
  ],
  [
    'suspended',
    async () => {
      const program = await Program.signedIn();
      program.service.then(refusedAsSuspended);
      await rejected(program);
      return program;
    },
    `A tool that asks now gets no token for ${anna}: the service has suspended the account.`,
  ],
  [
    'needs sign-in, with a token in hand',
    async () => {
      const program = await Program.signedIn();
      program.service.then(refusedAsExpired);
      await rejected(program);
      return program;
    },
    `Tools get the token for ${anna} until * and none after that: the service ended the session.`,
  ],
  [
    'needs sign-in',
    async () => {
      const program = await Program.signedIn();
      program.service.then(refusedAsExpired);
      await rejected(program);
      await program.clock.advance(lifetime);
      return program;
    },
    `A tool that asks now gets no token for ${anna}: the service ended the session.`,
  ],
  [
    'rate limited by the service',
    async () => {
      const program = await Program.signedIn();
      program.service.then({ kind: 'too_many', retryAfterMs: 2 * hour });
      await rejected(program);
      await program.clock.advance(lifetime);
      return program;
    },
    `A tool that asks now gets no token for ${anna}: the service says that there were too many requests (until *).`,
  ],
  ...(
    [
      ['locked key store', 'locked', { code: 'vault_locked', reason: 'key_store' }],
      ['not saved', 'not_saved', { code: 'vault_unwritable', reason: 'disk_full' }],
    ] as const
  ).map(([name, state, failure]): (typeof states)[number] => [
    name,
    async () => {
      const program = await Program.signedIn();
      program.vault.writeFailure = failure;
      await program.clock.advance(lifetime - minute);
      await program.token(120);
      expect(program.state).toBe(state);
      return program;
    },
    state === 'locked'
      ? `Tools get the token for ${anna} until * and none after that: its stored session is locked.`
      : `Tools get the token for ${anna} until * and none after that: the last answer of the service could not be saved and would be lost.`,
  ]),
];

/** The troubles that end by themselves, each by its reason. */
const passing: readonly [name: string, trouble: ServiceReply, clause: string][] = [
  ['offline: network', unsent, 'the service cannot be reached'],
  ['offline: proxy', unsentBy('proxy'), 'the proxy does not open a connection to the service'],
  ['offline: certificate', unsentBy('certificate'), 'the service’s certificate is not trusted'],
  [
    'offline: clock',
    {
      kind: 'unsent',
      failure: {
        code: 'offline',
        host: 'auth.example.com',
        reason: 'certificate_not_yet_valid',
        clockAt: Date.UTC(2020, 0, 1),
      },
    },
    'by this computer’s clock the service’s certificate is not valid',
  ],
  [
    'uncertain',
    lostByError,
    'the last renewal got no usable answer, so Token Tray waits before it asks again',
  ],
];

function unsentBy(reason: 'proxy' | 'certificate'): ServiceReply {
  return { kind: 'unsent', failure: { code: 'offline', host: 'auth.example.com', reason } };
}

function expectSentence(found: readonly string[], wanted: string): void {
  const pattern = wanted
    .split('*')
    .map((part) => RegExp.escape(part))
    .join('.+');
  expect(
    found.some((text) => new RegExp(`^${pattern}$`).test(text)),
    found.join('\n'),
  ).toBe(true);
}

describe('D2 what a tool would get, in each state of a session', () => {
  it.each(states)('D2 %s', async (_state, make, sentence) => {
    const found = outlookFindings(outlookOf(await make()));
    expectSentence(sentences(found), sentence);
    expect(summary(found)).toMatch(/need.* mending\.$/);
    expect(summary(found)).not.toBe('Nothing needs mending.');
  });

  it.each(passing)('D2 %s: the token in hand, then nothing', async (_name, trouble, clause) => {
    const program = await Program.signedIn();
    program.service.then(...Array.from({ length: 40 }, () => trouble));
    await rejected(program);
    const now = outlookFindings(outlookOf(program));
    expectSentence(
      sentences(now),
      `Tools get the token for ${anna} until *; it is not renewed now: ${clause} (until *).`,
    );
    expect(summary(now)).toBe('Nothing needs mending.');
    await program.clock.advance(lifetime);
    await program.token();
    const later = outlookFindings(outlookOf(program));
    expectSentence(sentences(later), `A tool that asks now gets no token for ${anna}: ${clause} (until *).`);
    expect(summary(later)).toBe('One thing needs mending.');
  });

  it('D2 just woken up: nothing for a moment', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.woke();
    expectSentence(
      sentences(outlookFindings(outlookOf(program))),
      `A tool that asks now gets no token for ${anna}: this computer has just woken up (until *).`,
    );
  });

  it('D2 budget spent: nothing until the next one', async () => {
    const program = await Program.started();
    program.service.lifetimeMs = minute;
    for (let again = 0; again < 3; again += 1) {
      await program.signIn();
      if (again < 2) await program.accounts.signOut(null);
    }
    await program.clock.advance(minute);
    const found = outlookFindings(outlookOf(program));
    expectSentence(
      sentences(found),
      `A tool that asks now gets no token for ${anna}: the budget of new tokens is used up, which protects the account (until *).`,
    );
    expect(summary(found)).toBe('One thing needs mending.');
  });

  it('D2 active and renewable: a token, and nothing needs mending', async () => {
    const program = await Program.signedIn();
    const ready = outlookFindings(outlookOf(program));
    expectSentence(sentences(ready), `A tool that asks now gets a token for ${anna}, valid until *.`);
    expect(summary(ready)).toBe('Nothing needs mending.');
    await program.clock.advance(lifetime);
    const renewable = outlookFindings(outlookOf(program));
    expectSentence(
      sentences(renewable),
      `A tool that asks now gets a token for ${anna}: Token Tray renews it first.`,
    );
  });

  it('D2 says what a token request then gets, and asks nothing of the service', async () => {
    for (const [, make] of states) {
      const program = await make();
      const before = program.service.posts;
      const { gives, code } = outlookOf(program).accounts[0] ?? {};
      expect(program.service.posts).toBe(before);
      const reply = await program.token();
      if (gives === 'nothing') expect(reply).toMatchObject({ kind: 'refused', refusal: { code } });
      else expect(reply.kind).toBe('token');
    }
  });

  it('D2 programs of this user switched off: who gets a token, if anybody does', async () => {
    const program = await Program.signedIn();
    const off = (toolKeys: number) =>
      outlookFindings(outlookOf(program, { programsOfThisUser: false, toolKeys }));
    expectSentence(
      sentences(off(1)),
      'Only tools with a key of their own get a token: “Programs of this user” is off.',
    );
    expectSentence(
      sentences(off(0)),
      'No program gets a token: “Programs of this user” is off, and no tool has a key.',
    );
    expect(summary(off(0))).toBe('One thing needs mending.');
  });
});

const healthy: OwnerAnswer = {
  status: { key_store: 'memory', accounts: [], endpoint: { url: 'http://127.0.0.1:7145' } },
  outlook: {
    accounts: [
      {
        account: anna,
        default: true,
        state: 'active',
        gives: 'token',
        expires_at: '2026-01-05T14:05:00.000Z',
        code: null,
        reason: null,
        retry_at: null,
      },
    ],
    programs_of_this_user: true,
    tool_keys: 0,
  },
};

async function examined(home: string, options: Partial<DoctorOptions> = {}): Promise<readonly Finding[]> {
  return examine({
    home,
    policyPath: join(home, 'no-policy.json'),
    api: null,
    nextApi: `http://127.0.0.1:${await closedPort()}`,
    keyStore: 'memory',
    passphrase: null,
    environment: {},
    askOwner: () => Promise.resolve(null),
    askServices: () => Promise.resolve(null),
    ...options,
  });
}

/** A home that this process keeps, with the files that programs find it by. */
async function keptHome(): Promise<string> {
  const home = await temporaryHome();
  const lock = await acquireOwnerLock(home, { wallNow: () => 0 });
  if (!lock.ok) throw new Error(lock.failure.code);
  onTestFinished(() => lock.value.release());
  for (const name of ['endpoint.json', 'curlrc']) await writeFile(join(home, name), '', { mode: 0o600 });
  await writeFile(join(home, 'endpoint.sock'), '', { mode: 0o600 });
  return home;
}

describe('D1 D2 D3 a broken set-up', () => {
  it('D2 X8 nothing runs: no tool gets a token, and the folder is named', async () => {
    const home = await temporaryHome();
    const found = await examined(home);
    expectSentence(sentences(found), `Token Tray is not running in ${home}.`);
    expect(summary(found)).not.toBe('Nothing needs mending.');
  });

  // Windows has no such socket.
  it.each(['endpoint.json', 'curlrc', ...(process.platform === 'win32' ? [] : ['endpoint.sock'])])(
    'D3 %s is missing while the owner runs',
    async (name) => {
      const home = await keptHome();
      await rm(join(home, name));
      for (const answer of [null, healthy]) {
        const found = await examined(home, { askOwner: () => Promise.resolve(answer) });
        expectSentence(
          sentences(found),
          `Token Tray runs (process ${process.pid}), but ${name} is missing, so programs do not find it.`,
        );
      }
    },
  );

  it('D3 the owner is silent though its files are there', async () => {
    const found = await examined(await keptHome());
    expectSentence(
      sentences(found),
      `A Token Tray (process ${process.pid}) keeps this home and does not answer.`,
    );
  });

  it('D1 examines the services of the running owner, and no other', async () => {
    const reached = { code: 'service_reached', host: 'used.example', proxy: null } as const;
    const found = await examined(await keptHome(), {
      askOwner: () => Promise.resolve(healthy),
      askServices: () => Promise.resolve({ services: ['https://used.example'], findings: [reached] }),
      nextApi: 'http://127.0.0.1:1',
    });
    const hosts = found.flatMap((finding) => ('host' in finding ? [finding.host] : []));
    expect(hosts).toEqual(['used.example']);
  });

  it('D1 an owner of an older version is told as such', async () => {
    const askOwner = () => Promise.resolve({ ...healthy, outlook: null });
    const found = await examined(await keptHome(), { askOwner });
    expectSentence(
      sentences(found),
      `The running Token Tray (process ${process.pid}) is an older version, *.`,
    );
  });

  it.each<[string, (path: string) => Promise<unknown>, string]>([
    [
      'is garbage',
      (path) => writeFile(path, 'garbage\nmore\n', { mode: 0o600 }),
      'The file ledger.jsonl is damaged (2 lines), so new tokens may be missing in the budget.',
    ],
    [
      'is zero-filled',
      (path) => writeFile(path, Buffer.alloc(4096), { mode: 0o600 }),
      'The file ledger.jsonl is damaged (one line), so new tokens may be missing in the budget.',
    ],
    [
      'is too large',
      async (path) => {
        await writeFile(path, '', { mode: 0o600 });
        await truncate(path, 65 * 2 ** 20);
      },
      'The file ledger.jsonl is too large to be read: 65 MiB, at most 64 MiB.',
    ],
  ])('D2 the ledger %s', async (_what, make, sentence) => {
    const home = await temporaryHome();
    await make(join(home, 'ledger.jsonl'));
    expectSentence(sentences(await examined(home)), sentence);
  });

  it('D2 a ledger whose last line broke off is sound', async () => {
    const home = await temporaryHome();
    await writeFile(join(home, 'ledger.jsonl'), '{"kind":"intent","at":"2026-', { mode: 0o600 });
    expect((await examined(home)).map(({ code }) => code)).not.toContain('ledger_damaged');
  });

  it.skipIf(process.platform === 'win32')('A5 a home that others may read', async () => {
    const home = await temporaryHome();
    await chmod(home, 0o755);
    expectSentence(
      sentences(await examined(home)),
      `Other users may look into the folder ${home} (its mode is 0755).`,
    );
  });

  it('a file in the place of the home, a damaged vault, a set port that is taken', async () => {
    const file = join(await temporaryHome(), 'home');
    await writeFile(file, '');
    expectSentence(
      sentences(await examined(file)),
      `A link or a file stands where the folder ${file} belongs.`,
    );
    const home = await temporaryHome();
    await using server = await RawServer.start((socket) => socket.end());
    await writeFile(join(home, 'vault.keyring.json'), 'no vault', { mode: 0o600 });
    await writeFile(join(home, 'settings.json'), JSON.stringify({ port: server.port }), { mode: 0o600 });
    await mkdir(join(home, 'tools.json'));
    const found = sentences(await examined(home));
    expectSentence(found, 'vault.keyring.json is damaged.');
    expectSentence(
      found,
      'A link, a folder or something else that is no file stands in the place of tools.json.',
    );
    expectSentence(found, `Port ${server.port}, which the settings ask for, is taken by *.`);
    expectSentence(found, 'The service 127.0.0.1:* cannot be reached: the connection was refused.');
  });
});
