import { FileTools } from '../../electron/adapters/tools-file.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { digestOf, newToolKey } from '../../electron/endpoint/key.ts';
import { silentLog } from '../support/in-memory-home.ts';
import { ratioText, type Bench } from './bench.ts';
import { load, microsecondsPerRequest, type Target } from './load.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { startAgent } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const sizes = [1, 100, 1_000] as const;
const rounds = 8;
/** Each of 10 connections asks by each key, or for each account, in turn. */
const requestsPerRound = 10_000;
const warmUp = 30_000;

/** Whether a call costs more where there are many tools or accounts. */
export const many: Bench = {
  name: 'many',
  title: 'A call with 1, 100 and 1,000 tools and accounts',
  async run() {
    await using stack = new AsyncDisposableStack();
    const subjects: Record<string, () => Promise<number>> = {};
    for (const size of sizes) {
      const { process, byTool, byAccount } = await startWithMany(stack, size);
      for (const [kind, target] of Object.entries({ tools: byTool, accounts: byAccount })) {
        await load(target, warmUp);
        subjects[`${size} ${kind}`] = () => microsecondsPerRequest(process, target, requestsPerRound);
      }
    }
    const readings = await inTurn(rounds, subjects);
    const row = (size: number, kind: string) => {
      const [values = [], ofOne = []] = [readings[`${size} ${kind}`], readings[`1 ${kind}`]];
      return [`${size} ${kind}`, median(values).toFixed(1), ratioText(ratioOf(values, ofOne))];
    };
    return {
      about: [
        'Processor time of the agent for a request by the Unix socket. Tools: each asks by its own key. Accounts: by the',
        `owner's key, each named in turn. ${rounds} rounds of ${requestsPerRound} requests each, in turn.`,
        'Wanted: within 5 % of what one costs.',
      ],
      head: ['', 'agent µs', '÷ one'],
      rows: ['tools', 'accounts'].flatMap((kind) => sizes.map((size) => row(size, kind))),
    };
  },
};

/** An agent with `size` tools and as many accounts. */
async function startWithMany(
  stack: AsyncDisposableStack,
  size: number,
): Promise<{ process: MeasuredProcess; byTool: Target; byAccount: Target }> {
  const home = temporaryFolder(stack);
  const keys = Array.from({ length: size }, newToolKey);
  const tools = keys.map((key, index) => ({
    name: `tool-${index}`,
    digest: digestOf(key),
    addedAt: Date.now(),
    expiresAt: null,
    proxyOnly: false,
    account: null,
  }));
  await new FileTools({ home, clock: systemClock, log: silentLog }).write(tools);
  const names = Array.from({ length: size - 1 }, (_, index) => `user-${index}@example.com`);
  const agent = await startAgent(stack, home, ['first@example.com', ...names]);
  const path = '/v1/token';
  const { headers } = agent.unix;
  const byTool = keys.map((key) => ({ path, headers: { authorization: `Bearer ${key.reveal()}` } }));
  const byAccount = ['first@example.com', ...names].map((name) => ({
    path: `${path}?account=${encodeURIComponent(name)}`,
    headers,
  }));
  return {
    process: agent.process,
    byTool: { ...agent.unix, requests: byTool },
    byAccount: { ...agent.unix, requests: byAccount },
  };
}
