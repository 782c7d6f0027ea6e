import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ratioText, type Bench } from './bench.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { startAgent, startBareServer } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 60;

/** What a shell script pays that asks by curl alone. */
export const curl: Bench = {
  name: 'curl',
  title: 'curl -K HOME/curlrc against curl to the bare server',
  async run(note) {
    await using stack = new AsyncDisposableStack();
    const folder = temporaryFolder(stack);
    const head = ['', 'ms', '÷ bare server'];
    const about = [
      `Wall time of a whole curl process that fetches /v1/token by TCP. ${rounds} rounds, in turn.`,
      'Wanted: no difference that matters; a key and a gate stand between.',
    ];
    if (spawnSync('curl', ['--version'], { stdio: 'ignore' }).status !== 0) {
      note('curl is not installed here.');
      return { about, head, rows: [] };
    }
    const agent = await startAgent(stack, folder);
    const bare = await startBareServer(stack, agent);
    const readings = await inTurn(rounds, {
      bare: () => milliseconds([bare.tcp.url]),
      agent: () => milliseconds(['-K', join(folder, 'curlrc'), agent.tcp.url]),
    });
    const row = (name: string, values: readonly number[]) => [
      name,
      median(values).toFixed(1),
      ratioText(ratioOf(values, readings.bare)),
    ];
    return {
      about,
      head,
      rows: [row('curl to the bare server', readings.bare), row('curl -K curlrc', readings.agent)],
    };
  },
};

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync('curl', ['-q', '--fail', '-s', '-S', '--noproxy', '*', ...args]);
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`curl: ${stderr.toString()}`);
  return took;
}
