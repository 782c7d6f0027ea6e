/**
 * Run within a person's D-Bus session, with the built program on a home: does its tasks one after the other, and
 * prints what came of each as a line of JSON. Nothing runs in the home between two tasks.
 */
import { startAuthService } from '../auth-service/auth-service.ts';
import { doctorOn, ofKeyStore } from './doctor-call.ts';
import { AgentProcess, call } from './token-tray-process.ts';

/**
 * `sign-in`: an agent signs in, is killed, and starts again without a password. `doors`: what a starting agent answers
 * at every door. `doctor`: see `ofKeyStore`.
 */
export type KeyringTask = 'sign-in' | 'doors' | 'doctor';

const [home = '', ...tasks] = process.argv.slice(2);
const { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME } = process.env;
const session = { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME };
// The key store alone: neither a passphrase nor a word about which to use.
const env = { ...session, TOKEN_TRAY_PASSPHRASE: undefined, TOKEN_TRAY_KEY_STORE: undefined };

await using service = await startAuthService();

async function statusOf(agent: AgentProcess) {
  return (await (await agent.fetch('/v1/status')).json()) as { state: string; key_store: string };
}

async function told(answer: Response): Promise<string> {
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${String(code)} ${String(answer.headers.get('retry-after'))}`;
}

async function signIn() {
  const args = ['--api', service.url];
  const demo = [...args, '--username', 'demo@example.com'];
  const first = await AgentProcess.start({ home, args: demo, password: 'correct horse', env });
  const token = await first.token();
  const said = await call(['token', '--home', home]);
  await first.end('SIGKILL');
  await using second = await AgentProcess.start({ home, args, env });
  const { key_store: keyStore, state } = await statusOf(second);
  const same = (await second.token()) === token;
  const { logins, refreshes } = service.stats();
  return {
    answer: `exit ${String(said.exitCode)}; ${keyStore} ${state}, same token: ${String(same)}`,
    detail: `${logins}/${refreshes}`,
  };
}

async function doors() {
  await using agent = await AgentProcess.start({ home, env });
  const { key_store: keyStore, state } = await statusOf(agent);
  const token = await told(await agent.fetch('/v1/token'));
  const body = '{"rejected":"a token"}';
  const renewed = await told(await agent.fetch('/v1/token/renew', { method: 'POST', body }));
  const { exitCode, stderr } = await call(['token', '--home', home]);
  return {
    answer: `${keyStore} ${state}: ${token}; ${renewed}; exit ${String(exitCode)}`,
    detail: stderr.trim(),
  };
}

async function doctor() {
  return ofKeyStore(await doctorOn(home, { ...env, TOKEN_TRAY_API: service.url }));
}

const tasksByName = { 'sign-in': signIn, doors, doctor };
for (const task of tasks as KeyringTask[]) console.log(JSON.stringify(await tasksByName[task]()));
