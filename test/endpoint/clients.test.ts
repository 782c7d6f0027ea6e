import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import axios from 'axios';
import { Agent, fetch as undiciFetch, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { foreignHeads, windowsPowerShellPost } from '../support/foreign-clients.ts';
import { RawConnection, statusOf } from '../support/raw-connection.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

/** What a client is told; `socket` null: it goes by TCP. */
interface Door {
  readonly url: string;
  readonly key: string;
  readonly socket: string | null;
}

interface Client {
  readonly name: string;
  /** Answers the body. */
  readonly get: (door: Door) => Promise<string>;
  readonly bySocket?: true;
  /** What this computer must have for it. */
  readonly needs?: string | null;
}

const env = { ...process.env, no_proxy: '*', NO_PROXY: '*' };
const pythonWithRequests = ['python3', '/usr/bin/python3'].find((python) =>
  runs(python, '-c', 'import requests'),
);

const clients: readonly Client[] = [
  {
    name: 'Node’s own fetch',
    get: async ({ url, key }) => (await fetch(url, { headers: bearer(key) })).text(),
  },
  {
    name: 'undici’s request',
    bySocket: true,
    get: (door) =>
      withDispatcher(door, async (dispatcher) => {
        const { body } = await request(door.url, { headers: bearer(door.key), dispatcher });
        return body.text();
      }),
  },
  {
    name: 'undici’s fetch',
    bySocket: true,
    get: (door) =>
      withDispatcher(door, async (dispatcher) => {
        return (await undiciFetch(door.url, { headers: bearer(door.key), dispatcher })).text();
      }),
  },
  {
    name: 'axios',
    bySocket: true,
    get: async ({ url, key, socket }) => {
      const options = { headers: bearer(key), proxy: false as const, responseType: 'text' as const };
      const { data } = await axios.get<string>(url, { ...options, ...(socket && { socketPath: socket }) });
      return data;
    },
  },
  {
    name: 'curl',
    needs: runs('curl', '--version') ? null : 'curl',
    bySocket: true,
    get: ({ url, key, socket }) => {
      const way = socket === null ? [] : ['--unix-socket', socket];
      return said('curl', ['-sS', '-K', '-', ...way, url], `header = "Authorization: Bearer ${key}"`);
    },
  },
  {
    name: 'wget',
    needs: runs('wget', '--version') ? null : 'wget',
    get: ({ url, key }) => said('wget', ['-qO-', `--header=Authorization: Bearer ${key}`, url]),
  },
  {
    name: 'Python’s urllib',
    needs: runs('python3', '--version') ? null : 'python3',
    get: ({ url, key }) =>
      python(
        'python3',
        'import sys, urllib.request as r; url, key = sys.argv[1], sys.stdin.read()\n' +
          'print(r.urlopen(r.Request(url, headers={"Authorization": "Bearer " + key})).read().decode())',
        { url, key },
      ),
  },
  {
    name: 'Python’s requests',
    needs: pythonWithRequests === undefined ? 'python3-requests' : null,
    get: (door) =>
      python(
        pythonWithRequests ?? '',
        'import sys, requests; url, key = sys.argv[1], sys.stdin.read()\n' +
          'print(requests.get(url, headers={"Authorization": "Bearer " + key}).text)',
        door,
      ),
  },
];

describe('gets in with a key, the owner’s or a tool’s own:', () => {
  for (const { name, get, bySocket, needs = null } of clients) {
    it.skipIf(needs !== null)(`${name}${needs === null ? '' : ` (needs ${needs})`}`, async () => {
      await using endpoint = await TestEndpoint.start();
      const sockets =
        bySocket === true && process.platform !== 'win32' ? [null, endpoint.running.socket] : [null];
      for (const key of await keysOf(endpoint)) {
        for (const socket of sockets) {
          const body = await get({ url: `${endpoint.running.url}/v1/token`, key, socket });
          expect(JSON.parse(body)).toMatchObject({ access_token: scriptedTokenText });
        }
      }
      expect(endpoint.engine.asks.map(({ tool }) => tool)).toEqual(
        [null, 'report'].flatMap((tool) => sockets.map(() => tool)),
      );
    });
  }

  it.each(foreignHeads)('$client, by the head that it sends', async ({ head }) => {
    await using endpoint = await TestEndpoint.start();
    for (const key of await keysOf(endpoint)) {
      for (const to of [
        endpoint.port,
        ...(endpoint.running.socket === null ? [] : [endpoint.running.socket]),
      ]) {
        using connection = await RawConnection.open(to);
        connection.send(filled(head, endpoint.port, key));
        await connection.until(() => connection.received.includes(scriptedTokenText));
        expect(statusOf(connection.received)).toBe(200);
      }
    }
  });

  it('E36 Windows PowerShell 5.1, whose body waits for 100 Continue', async () => {
    await using endpoint = await TestEndpoint.start();
    const { head, body } = windowsPowerShellPost;
    for (const key of await keysOf(endpoint)) {
      using connection = await RawConnection.open(endpoint.port);
      connection.send(filled(head, endpoint.port, key));
      await connection.until(() => statusOf(connection.received) === 100);
      connection.send(body);
      await connection.until(() => connection.received.includes(scriptedTokenText));
    }
    expect(endpoint.engine.rejectedReports.map(({ tool }) => tool)).toEqual([null, 'report']);
  });
});

/** The owner's key, and one of a tool's own. */
async function keysOf(endpoint: TestEndpoint): Promise<readonly string[]> {
  const added = (await endpoint.post('/v1/tools', { name: 'report' })).json as { key: string };
  return [endpoint.key, added.key];
}

function filled(head: readonly string[], port: number, key: string): string {
  const lines = [...head, '', ''].join('\r\n');
  return lines.replace('HOST', `127.0.0.1:${port}`).replace('KEY', key);
}

function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}

async function withDispatcher(
  { socket }: Door,
  ask: (dispatcher: Agent) => Promise<string>,
): Promise<string> {
  const dispatcher = new Agent(socket === null ? {} : { connect: { socketPath: socket } });
  try {
    return await ask(dispatcher);
  } finally {
    await dispatcher.close();
  }
}

function python(program: string, script: string, { url, key }: Pick<Door, 'url' | 'key'>): Promise<string> {
  return said(program, ['-c', script, url], key);
}

/** What a program says on standard output; fails where it fails. */
async function said(program: string, args: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)(program, args, { env });
  running.child.stdin?.end(input);
  return (await running).stdout;
}

function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
