import { existsSync } from 'node:fs';
import { openKeyStore, type KeyStoreSession } from '../../electron/adapters/key-store-process.ts';
import { KeyringKey } from '../../electron/adapters/keyring-key.ts';

/** One step: what the key of a home is asked for, as another start of the program would. */
export type KeyStep =
  | { readonly do: 'protect' | 'condition'; readonly home: string }
  /** `prompted`: a file that is there once a prompt is on the screen; asks impatiently, until then and twice more. */
  | { readonly do: 'unprotect'; readonly home: string; readonly text: string; readonly prompted?: string };

/*
 * Run as a program of its own inside a D-Bus session: takes its steps (JSON) with the real key store, one after the
 * other, and prints what came of each as a line of JSON. A protected key is handed from one step to the next as text.
 */
const dataKey = Buffer.alloc(32, 7);
const [, , steps = '[]'] = process.argv;

async function taken(keyring: KeyringKey, step: KeyStep): Promise<string> {
  if (!('text' in step)) {
    if (step.do === 'condition') return (await keyring.condition()).kind;
    const kept = await keyring.protect(dataKey);
    return kept.ok ? kept.value : kept.failure.kind;
  }
  const { text, prompted } = step;
  if (prompted !== undefined) {
    while (!existsSync(prompted)) await keyring.unprotect(text);
    await keyring.unprotect(text);
  }
  const opened = await keyring.unprotect(text);
  if (!opened.ok) return opened.failure.kind;
  return dataKey.equals(opened.value.dataKey) ? 'the key' : 'another key';
}

// All steps ask the real store through one process of its own, since each start of one is dear.
const store = openKeyStore();
const shared: KeyStoreSession = {
  call: (call) => store.call(call),
  end: () => undefined,
};
for (const step of JSON.parse(steps) as KeyStep[]) {
  const { home } = step;
  const keyring = new KeyringKey(
    'prompted' in step ? { home, patienceMs: 200 } : { home, openKeyStore: () => shared },
  );
  console.log(JSON.stringify({ answer: await taken(keyring, step), detail: keyring.lastDetail }));
}
store.end();
