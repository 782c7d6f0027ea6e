import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { archFromString, build, Platform } from 'electron-builder';
import { configuration } from './configuration.ts';
import { filesIn } from './contents.ts';
import { systems } from './fuses.ts';
import { listingOf } from './listing.ts';
import { nameFirstSystem } from './mac-system.ts';
import { packForTrial } from './trial.ts';

const usage = `npm run package                     makes this system's installers, in out/packages
npm run package -- --arch x64 --arch arm64
npm run package -- --dry            lists what would go in, with sizes; needs no Electron
npm run package -- --dry --for darwin|win32|linux
`;
const { values } = parseArgs({
  options: {
    dry: { type: 'boolean', default: false },
    for: { type: 'string', default: process.platform },
    arch: { type: 'string', multiple: true, default: [process.arch] },
    help: { type: 'boolean', default: false },
  },
});
let exitCode = 0;
try {
  await main();
} catch (error) {
  fail(`The packages could not be made: ${error instanceof Error ? error.message : String(error)}`);
}
// electron-builder's own hook would end this with 0, whatever `process.exitCode` says.
process.exit(exitCode);

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const system = systems.find((name) => name === values.for);
  if (system === undefined) throw new Error(`nothing runs on ${values.for}.`);
  if (values.dry) return list(system);
  if (system !== process.platform) throw new Error('each is made on its own system; --dry lists others too.');
  const architectures = values.arch.map((name) => archFromString(name));
  await build({
    targets: Platform.current().createTarget(null, ...architectures),
    // Who uploads is the workflow, after a person has looked.
    publish: 'never',
    config: configuration(process.env),
  });
  for (const feed of globSync('out/packages/*-mac.yml')) await nameFirstSystem(feed);
}

async function list(of: (typeof systems)[number]): Promise<void> {
  await using trial = await packForTrial(of);
  const { lines, troubles } = listingOf(filesIn(trial.archive), of);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  for (const trouble of troubles) fail(trouble);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  exitCode = 1;
}
