import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { EndpointFile, LoginRequest } from '../../electron/contract/wire.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import type { Target } from './load.ts';
import { MeasuredProcess } from './measured-process.ts';

export const builtProgram = join(import.meta.dirname, '../../out/cli/token-tray.cjs');

type UnixTarget = Target & { readonly socketPath: string };

/** The built agent, signed in to the built-in service, with every check on. */
export interface MeasuredAgent {
  readonly process: MeasuredProcess;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** `GET /v1/token` with the owner's key. */
  readonly tcp: Target;
  readonly unix: UnixTarget;
}

/** A server that writes the bytes of an agent's answer and does nothing else. */
export interface BareServer {
  readonly process: MeasuredProcess;
  readonly tcp: Target;
  readonly unix: UnixTarget;
}

const password = 'correct horse';

/** Starts an agent in `home`, an empty folder of the caller's, and signs all users in; `stack` ends it. */
export async function startAgent(
  stack: AsyncDisposableStack,
  home: string,
  users: readonly [string, ...string[]] = ['bench@example.com'],
): Promise<MeasuredAgent> {
  const passwords = Object.fromEntries(users.map((username) => [username, password]));
  const service = stack.use(await startAuthService({ users: passwords }));
  const [first, ...others] = users;
  const env = { HOME: home, ...(others.length === 0 ? sealed : unsealed) };
  const signIn = ['--api', service.url, '--username', first, '--password-stdin'];
  const args = [builtProgram, 'agent', '--home', home, '--port', '0', ...signIn];
  const process = stack.use(await MeasuredProcess.start({ args, env, input: password }));
  const file = JSON.parse(await readFile(join(home, 'endpoint.json'), 'utf8')) as EndpointFile;
  if (file.socket === null) throw new Error('The agent has no socket; shorten TMPDIR.');
  const headers = { authorization: `Bearer ${file.key}` };
  for (const username of others) {
    const body = JSON.stringify({ username, password } satisfies LoginRequest);
    const answer = await fetch(`${file.url}/v1/login`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
  }
  const request = { url: `${file.url}/v1/token`, headers };
  return { process, home, env, tcp: request, unix: { ...request, socketPath: file.socket } };
}

const sealed = { TOKEN_TRAY_KEY_STORE: 'passphrase', TOKEN_TRAY_PASSPHRASE: 'of the benchmark' };

/** A vault file is written whole at each sign-in: a thousand of them would take minutes, and no call reads it. */
const unsealed = { TOKEN_TRAY_KEY_STORE: 'memory' };

/** Starts a bare server for the answer that `agent` gives now, and makes sure that it writes the same bytes. */
export async function startBareServer(
  stack: AsyncDisposableStack,
  agent: MeasuredAgent,
): Promise<BareServer> {
  const answer = await rawAnswer(agent.unix);
  const { headers, body } = parted(answer);
  const socket = join(agent.home, 'bare.sock');
  const process = stack.use(
    await MeasuredProcess.start({
      args: [join(import.meta.dirname, 'bare-server.cjs')],
      env: { BARE_ANSWER: JSON.stringify({ headers, body, socket }) },
    }),
  );
  const request = { ...agent.tcp, url: `${process.url}/v1/token` };
  const unix = { ...request, socketPath: socket };
  if ((await rawAnswer(unix)) !== answer)
    throw new Error('The bare server writes other bytes than the agent.');
  return { process, tcp: request, unix };
}

/** What a server writes to one request on a connection that stays open, as it comes. */
async function rawAnswer({ url, socketPath, headers }: UnixTarget): Promise<string> {
  const { host, pathname } = new URL(url);
  const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const connection = connect(socketPath);
  connection.write(`GET ${pathname} HTTP/1.1\r\n${fields.join('')}\r\n`);
  let text = '';
  for await (const chunk of connection) {
    text += String(chunk);
    const { headers: got, body } = parted(text);
    const length = got[got.indexOf('Content-Length') + 1];
    if (length !== undefined && body.length === Number(length)) return text;
  }
  throw new Error(`The answer of ${url} ended early.`);
}

/** Header names and values in turn, without those that Node writes by itself. */
function parted(answer: string): { headers: string[]; body: string } {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const headers = head
    .split('\r\n')
    .slice(1)
    .filter((line) => !/^(Connection|Keep-Alive):/i.test(line))
    .flatMap((line) => line.split(/: (.*)/s).slice(0, 2));
  return { headers, body };
}
