#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { commandLine } from './command-line.ts';

// What V8 compiled at the last call is kept, so that a call costs little more than Node's own start.
enableCompileCache();

void commandLine(process.argv).then((exitCode) => {
  process.exitCode = exitCode;
});
