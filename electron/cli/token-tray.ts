#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isNewEnough, neededNode } from '../contract/node-version.ts';

if (!isNewEnough(process.versions.node)) {
  // npm only warns of it when it installs, and what would follow here is a stack trace.
  process.stderr.write(
    `Token Tray needs Node.js ${neededNode} or later, and this is ${process.versions.node}: install it from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  // What V8 compiled at the last call is kept, so that a call costs little more than Node's own start. It lies beside
  // the program, where only its owner writes: in the shared temporary folder, Node's own choice, another user could
  // lay compiled code ready for us. It holds what is compiled from here on, so this file loads the rest. Where the
  // program is another user's, there is none, and Node says nothing.
  enableCompileCache(join(import.meta.dirname, 'compiled'));
  void import('./command-line.ts').then(({ main }) => main());
}
