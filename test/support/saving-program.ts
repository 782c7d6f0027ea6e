import { SealedVault } from '../../electron/adapters/vault.ts';
import { MarkingKeyProtector } from './marking-key-protector.ts';
import { silentLog } from './in-memory-home.ts';
import { session } from './session-records.ts';

/*
 * Run as a program of its own, to be killed: saves Anna's session again and again, in each of the homes at once, and
 * prints the number of the home and of each session that the vault said is saved.
 */
async function saveOnAndOn(home: string, index: number): Promise<never> {
  const clock = { wallNow: () => Date.now() };
  const vault = new SealedVault({ home, log: silentLog, clock, protector: new MarkingKeyProtector() });
  const stored = await vault.read();
  let generation = stored.ok ? (stored.value[0]?.generation ?? 0) : 0;
  for (;;) {
    const saved = await vault.write(session(generation + 1), generation);
    if (!saved.ok) throw new Error(saved.failure.reason);
    generation = saved.value;
    process.stdout.write(`${index} ${generation}\n`);
  }
}

await Promise.all(process.argv.slice(2).map(saveOnAndOn));
