import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { atEnd } from './at-end.ts';
import { startOidcIssuer } from './oidc-issuer.ts';
import { temporaryFolder } from './temporary-folder.ts';

const runFile = promisify(execFile);

const account = 'bench';
const install = 'apt-get install -y --no-install-recommends oidc-agent-cli';

/** The other local agent that hands out tokens: how to call its command line. */
export interface OidcAgent {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Starts oidc-agent with an account loaded. Installs it as root on Debian; null where it cannot be had. */
export async function startOidcAgent(
  stack: AsyncDisposableStack,
  note: (text: string) => void,
): Promise<OidcAgent | null> {
  if (!isThere() && !installs()) {
    note(`oidc-token, which is not installed here: ${install}`);
    return null;
  }
  const folder = temporaryFolder(stack);
  const path = process.env['PATH'] ?? '';
  const home = { PATH: path, HOME: folder, OIDC_CONFIG_DIR: folder, PW: 'of the benchmark' };
  const { stdout } = await runFile('oidc-agent', ['--no-autoload'], { env: home });
  const { OIDC_SOCK, OIDCD_PID } = variables(stdout);
  if (OIDC_SOCK === undefined || OIDCD_PID === undefined) throw new Error(`oidc-agent said: ${stdout}`);
  atEnd(stack, () => void process.kill(Number(OIDCD_PID)));
  const env = { ...home, OIDC_SOCK };
  const issuer = await startOidcIssuer(stack);
  const client = ['--client-id=bench', '--client-secret=bench', '--redirect-uri=http://localhost:4242'];
  const session = ['--flow=refresh', '--rt=r', '--scope=openid offline_access'];
  const unasked = ['--prompt=none', '--pw-env=PW', '-m', '--confirm-yes'];
  await runFile('oidc-gen', [account, `--iss=${issuer}`, ...session, ...client, ...unasked], { env });
  return { file: 'oidc-token', args: [account], env };
}

function isThere(): boolean {
  return spawnSync('oidc-token', ['--version'], { stdio: 'ignore' }).status === 0;
}

function installs(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  process.stderr.write(`Installing what is compared with (${install}) …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [file = '', ...args] = install.split(' ');
  spawnSync(file, ['update'], { stdio: 'ignore', env });
  return spawnSync(file, args, { stdio: 'ignore', env }).status === 0;
}

/** What a program prints for a shell's `eval`. */
function variables(shell: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...shell.matchAll(/^(\w+)=([^;]*);/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
