import { choose, type Person, type PersonsEnd } from './person.ts';

/** Why the app does not serve, in one sentence. `slow`: it may still; `closed`: the check is over. */
export interface StartTrouble {
  readonly kind: 'slow' | 'ended' | 'closed';
  readonly text: string;
}

export interface StartableApp {
  /** Null once it serves. */
  start(): Promise<StartTrouble | null>;
  /** Waits once more for the one that was started. */
  waitForStart(): Promise<StartTrouble | null>;
  end(): Promise<void>;
}

/**
 * Starts the app. Where it does not serve, the person decides: wait again, try again, or quit. `note` is told each
 * time. Null: it serves.
 */
export async function startApp(
  app: StartableApp,
  person: Person,
  note: (text: string) => void,
): Promise<PersonsEnd | null> {
  let trouble = await app.start();
  while (trouble !== null) {
    if (trouble.kind === 'closed') return 'interrupted';
    note(trouble.text);
    person.say(`Token Tray does not run. ${trouble.text}`);
    const isSlow = trouble.kind === 'slow';
    const question = `${isSlow ? 'Wait again? (w wait, t' : 'Try again? (t'} try again, q quit): `;
    const word = await choose(person, question, [...(isSlow ? ['w'] : []), 't', 'q']);
    if (word === null) return 'interrupted';
    if (word === 'q') return 'quit';
    if (word === 't') await app.end();
    trouble = await (word === 'w' ? app.waitForStart() : app.start());
  }
  return null;
}
