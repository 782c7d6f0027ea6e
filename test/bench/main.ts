import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import type { Bench, BenchTable } from './bench.ts';
import { coldCall } from './cold-call.ts';
import { coldStart } from './cold-start.ts';
import { curl } from './curl.ts';
import { endpoint } from './endpoint.ts';
import { firstPaint } from './first-paint.ts';
import { generations } from './generations.ts';
import { many } from './many.ts';
import { memory } from './memory.ts';
import { proxy } from './proxy.ts';
import { becomeBatchWork } from './scheduling.ts';
import { windowSize } from './window-size.ts';

// `npm run bench`: all benchmarks, as tables; `npm run bench -- NAME …` those alone. Nothing is asserted: a loaded
// computer makes figures worse, and no test fails for it.

const benches: readonly Bench[] = [
  endpoint,
  proxy,
  coldCall,
  coldStart,
  curl,
  memory,
  many,
  generations,
  windowSize,
  firstPaint,
];

const named = process.argv.slice(2);
const unknown = named.filter((name) => benches.every((bench) => bench.name !== name));
if (unknown.length > 0) {
  tell(
    `There is no benchmark ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

becomeBatchWork();
say(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} processors`,
);
for (const bench of benches.filter(({ name }) => named.length === 0 || named.includes(name))) {
  tell(`Running ${bench.name} …`);
  const notes: string[] = [];
  const table = await bench.run((text) => notes.push(text));
  say(`\n${bench.title}  [${bench.name}]`);
  for (const line of [...table.about, ...notes.map((note) => `Left out: ${note}`)]) say(line);
  say(drawn(table));
}

function drawn({ head, rows }: BenchTable): string {
  const colAligns = head.map((_, column) => (column === 0 ? ('left' as const) : ('right' as const)));
  const table = new Table({ head: [...head], colAligns, style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Beside the answer: progress. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
