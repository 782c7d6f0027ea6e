import { spawnSync } from 'node:child_process';
import { ratioText, type Bench } from './bench.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { startOidcAgent } from './oidc-agent.ts';
import { builtProgram, startAgent } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 60;

interface Call {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a script pays for a token on the command line: a whole process, from its start to its end. */
export const coldCall: Bench = {
  name: 'cold-call',
  title: 'One call of token-tray token, from start to end',
  async run(note) {
    await using stack = new AsyncDisposableStack();
    const folder = temporaryFolder(stack);
    const agent = await startAgent(stack, folder);
    const oidcAgent = await startOidcAgent(stack, note);
    const calls: Record<string, Call> = {
      'node -e 0': { file: process.execPath, args: ['-e', '0'], env: agent.env },
      'token-tray token': {
        file: process.execPath,
        args: [builtProgram, 'token', '--home', folder],
        env: agent.env,
      },
      ...(oidcAgent && { 'oidc-token': oidcAgent }),
    };
    const subjects = Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [name, () => milliseconds(call)]),
    );
    await inTurn(3, subjects);
    const readings = await inTurn(rounds, subjects);
    const node = readings['node -e 0'] ?? [];
    return {
      about: [
        'Wall time of a whole process, with the agent running. node is the binary itself, without npm or npx.',
        `${rounds} rounds, in turn.`,
        'Wanted: token-tray token takes at most 1.35 times what node -e 0 does; aim 1.15.',
      ],
      head: ['', 'ms', '÷ node -e 0'],
      rows: Object.entries(readings).map(([name, values]) => [
        name,
        median(values).toFixed(1),
        ratioText(ratioOf(values, node)),
      ]),
    };
  },
};

/** Runs it once. Fails unless it succeeds. */
function milliseconds({ file, args, env }: Call): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr.toString()}`);
  return took;
}
