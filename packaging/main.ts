import { parseArgs } from 'node:util';
import { archFromString, build, Platform } from 'electron-builder';
import { configuration } from './configuration.ts';
import { filesIn, manifestTroubles, scriptLimit, sizeOfScripts, troublesIn } from './contents.ts';
import { systems } from './fuses.ts';
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
const system = systems.find((name) => name === values.for);
if (values.help) process.stdout.write(usage);
else if (system === undefined) fail(`There are no packages for ${values.for}.`);
else if (values.dry) await list(system);
else if (values.for !== process.platform) fail('Packages are made on the system that they are for.');
else {
  const architectures = values.arch.map((name) => archFromString(name));
  await build({
    targets: Platform.current().createTarget(null, ...architectures),
    // Who uploads is the workflow, after a person has looked.
    publish: 'never',
    config: configuration(process.env),
  });
}

async function list(of: (typeof systems)[number]): Promise<void> {
  await using trial = await packForTrial(of);
  const files = filesIn(trial.archive);
  for (const { path, content } of files) line(content.length, path);
  const whole = files.reduce((sum, { content }) => sum + content.length, 0);
  line(whole, `in ${files.length} files of app.asar, for ${of}`);
  line(
    sizeOfScripts(files),
    `of them the app’s own JavaScript; the limit is ${scriptLimit.toLocaleString('en')}`,
  );
  for (const trouble of [...troublesIn(files), ...manifestTroubles(files)]) fail(trouble);
}

function line(bytes: number, what: string): void {
  process.stdout.write(`${bytes.toLocaleString('en').padStart(10)}  ${what}\n`);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
