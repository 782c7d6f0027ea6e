/** Run within a person's D-Bus session: with `sign-in` an agent fills the vault; else it is asked at every door. */
import { startAuthService } from '../auth-service/auth-service.ts';
import { AgentProcess, call } from './token-tray-process.ts';

const [home = '', task] = process.argv.slice(2);
const { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME } = process.env;
const session = { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME };
const env = { ...session, TOKEN_TRAY_PASSPHRASE: undefined, TOKEN_TRAY_KEY_STORE: undefined };

await using service = await startAuthService();
const signIn = ['--api', service.url, '--username', 'demo@example.com'];
await using agent = await AgentProcess.start(
  task === 'sign-in' ? { home, args: signIn, password: 'correct horse', env } : { home, env },
);
const status = (await (await agent.fetch('/v1/status')).json()) as { state: string; key_store: string };
const told = async (answer: Response) => {
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${String(code)} ${String(answer.headers.get('retry-after'))}`;
};
const token = await told(await agent.fetch('/v1/token'));
const renewed =
  task === 'sign-in'
    ? 'not asked'
    : await told(await agent.fetch('/v1/token/renew', { method: 'POST', body: '{"rejected":"a token"}' }));
const { exitCode, stderr } = await call(['token', '--home', home]);
console.log(
  JSON.stringify({
    answer: `${status.key_store} ${status.state}: ${token}; ${renewed}; exit ${String(exitCode)}`,
    detail: stderr.trim(),
  }),
);
