import { readPlainCall, type Call } from './plain-reader.ts';

/** Runs one call and answers its exit code. */
export async function commandLine(argv: readonly string[]): Promise<number> {
  const plain = readPlainCall(argv);
  if (plain !== null) return run(plain);
  const { readWithHelp } = await import('./helpful-reader.ts');
  const reading = readWithHelp(argv);
  return reading.kind === 'call' ? run(reading.call) : reading.exitCode;
}

async function run({ command, options }: Call): Promise<number> {
  const action = await command.load();
  return action(options);
}
