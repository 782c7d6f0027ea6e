/** Run within a person's D-Bus session: an agent signs in, is killed, and starts again without a password. */
import { startAuthService } from '../auth-service/auth-service.ts';
import { AgentProcess } from './token-tray-process.ts';

const [home = ''] = process.argv.slice(2);
const { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME } = process.env;
const session = { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME };
// The key store alone: neither a passphrase nor a word about which to use.
const env = { ...session, TOKEN_TRAY_PASSPHRASE: undefined, TOKEN_TRAY_KEY_STORE: undefined };

await using service = await startAuthService();
const args = ['--api', service.url];
const signIn = [...args, '--username', 'demo@example.com'];
const first = await AgentProcess.start({ home, args: signIn, password: 'correct horse', env });
const token = await first.token();
await first.end('SIGKILL');
await using second = await AgentProcess.start({ home, args, env });
const { key_store: keyStore } = (await (await second.fetch('/v1/status')).json()) as { key_store: string };
const same = (await second.token()) === token;
const { logins, refreshes } = service.stats();
console.log(
  JSON.stringify({ answer: `${keyStore}, same token: ${String(same)}`, detail: `${logins}/${refreshes}` }),
);
