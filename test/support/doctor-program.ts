/**
 * Run within a person's D-Bus session: the built doctor looks at a home, after an agent has signed in there and was
 * killed where `sign-in` is asked for. Answers the codes of what it says of the key store, with its own words.
 */
import { startAuthService } from '../auth-service/auth-service.ts';
import { doctorOn } from './doctor-call.ts';
import { AgentProcess } from './token-tray-process.ts';

const [, , home = '', first = ''] = process.argv;
const { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME } = process.env;
const session = { PATH, HOME, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CACHE_HOME };
// The key store alone: neither a passphrase nor a word about which to use.
const env = { ...session, TOKEN_TRAY_PASSPHRASE: undefined, TOKEN_TRAY_KEY_STORE: undefined };

await using service = await startAuthService();
if (first === 'sign-in') {
  const args = ['--api', service.url, '--username', 'demo@example.com'];
  await using agent = await AgentProcess.start({ home, args, password: 'correct horse', env });
  await agent.end('SIGKILL');
}
const { findings } = await doctorOn(home, { ...env, TOKEN_TRAY_API: service.url });
const ofKeyStore = findings.filter(({ code }) => /^(?:key_|memory|passphrase)/.test(code));
const detail = ofKeyStore.find((finding) => typeof finding['detail'] === 'string')?.['detail'] ?? null;
console.log(JSON.stringify({ answer: ofKeyStore.map(({ code }) => code).join(' '), detail }));
