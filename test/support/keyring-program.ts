import { existsSync } from 'node:fs';
import { KeyringKey } from '../../electron/adapters/keyring-key.ts';

/*
 * Run as a program of its own inside a D-Bus session: does what its arguments say with the real key store, and
 * prints what came of it as a line of JSON. A protected key is handed from one run to the next as text.
 */
const dataKey = Buffer.alloc(32, 7);
const [, , home = '', work = '', text = '', prompted = ''] = process.argv;
const keyring = new KeyringKey(prompted === '' ? { home } : { home, patienceMs: 200 });

async function done(): Promise<string> {
  if (work === 'condition') return (await keyring.condition()).kind;
  if (work === 'protect') {
    const kept = await keyring.protect(dataKey);
    return kept.ok ? kept.value : kept.failure.kind;
  }
  // Impatient, it asks on and on until the prompt is on the screen, and twice more.
  while (prompted !== '' && !existsSync(prompted)) await keyring.unprotect(text);
  if (prompted !== '') await keyring.unprotect(text);
  const opened = await keyring.unprotect(text);
  if (!opened.ok) return opened.failure.kind;
  return dataKey.equals(opened.value.dataKey) ? 'the key' : 'another key';
}

process.stdout.write(`${JSON.stringify({ answer: await done(), detail: keyring.lastDetail })}\n`);
