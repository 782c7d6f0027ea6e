/**
 * Makes calls of the command line in one process, in turn: each argument is a call as JSON. Behind the words of each it
 * writes its exit code on standard error.
 */
import { writeSync } from 'node:fs';
import { commandLine } from '../../electron/cli/command-line.ts';

for (const text of process.argv.slice(2)) {
  const exitCode = await commandLine(JSON.parse(text) as readonly string[]);
  writeSync(2, `exit ${exitCode}\n`);
}
