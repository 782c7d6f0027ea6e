import { keepHangUpIgnored } from './hang-up.ts';
import { allIsWritten } from './standard-streams.ts';
import { readPlainCall, type Call } from './plain-reader.ts';

/** The program: runs the call that it was started with, and ends with its exit code. */
export async function main(): Promise<void> {
  keepHangUpIgnored();
  process.exitCode = await commandLine(process.argv.slice(2));
  // At once, where nothing is left to write: to let everything run down takes a call longer.
  if (allIsWritten()) process.exit();
}

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
