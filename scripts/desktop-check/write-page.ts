// Writes the scripts of docs/verification.md from the steps. A test holds the two equal.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWith } from './script-text.ts';
import { desktops } from './step.ts';

const page = join(import.meta.dirname, '../../docs/verification.md');
writeFileSync(page, pageWith(readFileSync(page, 'utf8'), desktops));
