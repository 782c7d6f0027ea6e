import { CommanderError } from 'commander';
import { startAuthService } from './auth-service.ts';
import { readCommandLine } from './command-line.ts';
import type { AuthServiceSettings } from './settings.ts';

// `npm run auth-service -- --port 0`: says `ready URL` and nothing more; SIGINT and SIGTERM end it, exit 0.
// Exits 2 for an option it does not understand, 1 if it cannot listen, each with one line on standard error.

function optionsOrExit(): Partial<AuthServiceSettings> {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) process.exit(0);
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

try {
  const service = await startAuthService(optionsOrExit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.close());
  process.stdout.write(`ready ${service.url}\n`);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
