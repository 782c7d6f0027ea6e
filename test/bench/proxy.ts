import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratioText, type Bench } from './bench.ts';
import { load, measuredLoad, type LoadReading } from './load.ts';
import { MeasuredProcess } from './measured-process.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { startAgent } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 12;
const requestsPerRound = 4_000;
const warmUp = 30_000;

/** What the proxy costs a call, beyond passing it on. */
export const proxy: Bench = {
  name: 'proxy',
  title: 'GET /proxy/@api/… against the same HTTP client’s plain pass-through',
  async run() {
    await using stack = new AsyncDisposableStack();
    const home = temporaryFolder(stack);
    const api = await startApi(stack, join(home, 'api.sock'));
    await writeFile(join(home, 'settings.json'), JSON.stringify({ furtherHosts: { api: api.url } }));
    const agent = await startAgent(stack, home);
    const plain = await startPassThrough(stack, api.url);
    const { headers } = agent.tcp;
    const throughAgent = { url: new URL('/proxy/@api/orders', agent.tcp.url).href, headers };
    const throughPlain = { url: `${plain.url}/orders`, headers };
    for (const target of [throughAgent, throughPlain]) await load(target, warmUp);
    const readings = await inTurn(rounds, {
      ours: () => measuredLoad(agent.process, throughAgent, requestsPerRound),
      theirs: () => measuredLoad(plain, throughPlain, requestsPerRound),
    });
    const micros = (values: readonly LoadReading[]) => values.map(({ cpuMicros }) => cpuMicros);
    const perSecond = (values: readonly LoadReading[]) =>
      median(values.map((value) => value.perSecond)).toFixed(0);
    const { ours, theirs } = readings;
    return {
      about: [
        'The built agent with every check on, and node:http with its Agent and nothing else, before the same API.',
        `Processor time of the proxy's process for a request: ${rounds} rounds of ${requestsPerRound} requests each, in turn.`,
      ],
      head: ['agent µs', 'plain µs', 'plain ÷ agent', 'agent req/s', 'plain req/s'],
      rows: [
        [
          median(micros(ours)).toFixed(1),
          median(micros(theirs)).toFixed(1),
          ratioText(ratioOf(micros(theirs), micros(ours))),
          perSecond(ours),
          perSecond(theirs),
        ],
      ],
    };
  },
};

/** An API that gives everybody the same small answer. */
async function startApi(stack: AsyncDisposableStack, socket: string): Promise<MeasuredProcess> {
  const body = JSON.stringify({ orders: [1, 2, 3] });
  const headers = ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
  return stack.use(
    await MeasuredProcess.start({
      args: [join(import.meta.dirname, 'bare-server.cjs')],
      env: { BARE_ANSWER: JSON.stringify({ headers, body, socket }) },
    }),
  );
}

async function startPassThrough(stack: AsyncDisposableStack, to: string): Promise<MeasuredProcess> {
  const args = [join(import.meta.dirname, 'pass-through.ts')];
  return stack.use(await MeasuredProcess.start({ args, env: { PASS_TO: to } }));
}
