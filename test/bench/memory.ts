import type { Bench } from './bench.ts';
import { load } from './load.ts';
import { median } from './rounds.ts';
import { startAgent, startBareServer } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 3;
const calls = 100_000;

/** What the agent takes of the computer while it does nothing. */
export const memory: Bench = {
  name: 'memory',
  title: `Memory after ${calls.toLocaleString('en-GB')} calls`,
  async run() {
    const readings = { agent: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      await using stack = new AsyncDisposableStack();
      const agent = await startAgent(stack, temporaryFolder(stack));
      const bare = await startBareServer(stack, agent);
      await load(agent.unix, calls);
      await load(bare.unix, calls);
      readings.agent.push((await agent.process.settled()).residentBytes);
      readings.bare.push((await bare.process.settled()).residentBytes);
    }
    const more = readings.agent.map((bytes, round) => bytes - (readings.bare[round] ?? NaN));
    return {
      about: [
        `Resident memory (RSS) of the process, after five forced collections. ${rounds} pairs of new processes, in turn.`,
        'Wanted: at most 30 MB more than the bare server; aim 15.',
      ],
      head: ['', 'MB', 'least', 'most'],
      rows: [row('bare server', readings.bare), row('agent', readings.agent), row('more', more)],
    };
  },
};

function row(name: string, bytes: readonly number[]): readonly string[] {
  return [name, ...[median(bytes), Math.min(...bytes), Math.max(...bytes)].map(megabytes)];
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
