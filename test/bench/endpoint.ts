import { ratioText, type Bench } from './bench.ts';
import { load, measuredLoad, type LoadReading } from './load.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { startAgent, startBareServer } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 20;
const requestsPerRound = 5_000;
// Node goes on compiling for so long.
const warmUp = 50_000;

/** What the endpoint's checks cost a call. */
export const endpoint: Bench = {
  name: 'endpoint',
  title: 'GET /v1/token against a bare node:http server',
  async run() {
    await using stack = new AsyncDisposableStack();
    const agent = await startAgent(stack, temporaryFolder(stack));
    const bare = await startBareServer(stack, agent);
    const subjects = {
      agentTcp: () => measuredLoad(agent.process, agent.tcp, requestsPerRound),
      bareTcp: () => measuredLoad(bare.process, bare.tcp, requestsPerRound),
      agentUnix: () => measuredLoad(agent.process, agent.unix, requestsPerRound),
      bareUnix: () => measuredLoad(bare.process, bare.unix, requestsPerRound),
    };
    for (const target of [agent.tcp, bare.tcp, agent.unix, bare.unix]) await load(target, warmUp);
    const readings = await inTurn(rounds, subjects);
    const row = (transport: string, ours: readonly LoadReading[], theirs: readonly LoadReading[]) => [
      transport,
      median(ours.map(({ cpuMicros }) => cpuMicros)).toFixed(1),
      median(theirs.map(({ cpuMicros }) => cpuMicros)).toFixed(1),
      ratioText(
        ratioOf(
          theirs.map(({ cpuMicros }) => cpuMicros),
          ours.map(({ cpuMicros }) => cpuMicros),
        ),
      ),
      median(ours.map(({ perSecond }) => perSecond)).toFixed(0),
      median(theirs.map(({ perSecond }) => perSecond)).toFixed(0),
    ];
    return {
      about: [
        'The built agent with every check on, and a server that writes the same bytes and looks at nothing.',
        `Processor time of the server's process for a request: ${rounds} rounds of ${requestsPerRound} requests each, in turn.`,
        'Wanted: the bare server’s time is at least 0.85 of the agent’s; aim 0.95.',
      ],
      head: ['', 'agent µs', 'bare µs', 'bare ÷ agent', 'agent req/s', 'bare req/s'],
      rows: [
        row('TCP', readings.agentTcp, readings.bareTcp),
        row('Unix socket', readings.agentUnix, readings.bareUnix),
      ],
    };
  },
};
