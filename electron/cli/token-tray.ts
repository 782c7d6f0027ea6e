#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What V8 compiled at the last call is kept, so that a call costs little more than Node's own start. It lies beside
// the program, where only its owner writes: in the shared temporary folder, Node's own choice, another user could
// lay compiled code ready for us. It holds what is compiled from here on, so this file loads the rest.
enableCompileCache(join(import.meta.dirname, 'compiled'));

void import('./command-line.ts').then(({ main }) => main());
