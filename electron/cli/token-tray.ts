#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { commandLine } from './command-line.ts';

// What V8 compiled at the last call is kept, so that a call costs little more than Node's own start.
enableCompileCache();

// Whoever reads us may go before we have said all, as `head` does: that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

void commandLine(process.argv).then((exitCode) => {
  process.exitCode = exitCode;
});
