// `npm run fuzz -- --minutes N`: throws damaged input at every way in, in turn, until the time is over. What breaks a rule
// is printed with its seed, shrunk; keep it as a test. `npm run fuzz -- --seed S` begins where a failure began.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { fuzzTargets } from './targets.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
});
const until = Date.now() + Number(values.minutes) * 60_000;
const folder = await mkdtemp(join(tmpdir(), 'token-tray-fuzz-'));
const targets = await fuzzTargets(() => mkdtemp(join(folder, 'home-')));
const counts = new Map(targets.map(({ name }) => [name, 0]));
let seed = Number(values.seed ?? Date.now() % 2 ** 31);
const firstSeed = seed;
const runs = 200;

try {
  for (; Date.now() < until && process.exitCode === undefined; seed += 1) {
    for (const { name, property } of targets) {
      const result = await fc.check(property, { numRuns: runs, seed });
      counts.set(name, (counts.get(name) ?? 0) + result.numRuns);
      if (!result.failed) continue;
      console.error(`${name}, seed ${seed}:\n${fc.defaultReportMessage(result) ?? ''}`);
      process.exitCode = 1;
    }
  }
} finally {
  await Promise.all(targets.map((target) => target[Symbol.asyncDispose]()));
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `Seeds ${firstSeed} to ${seed - 1}, ${process.exitCode === undefined ? 'nothing found' : 'stopped at a find'}`,
);
for (const [name, count] of counts) console.log(`${String(count).padStart(8)}  ${name}`);
