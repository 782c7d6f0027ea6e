import { rmSync } from 'node:fs';
import { stopPrograms } from '../demo-programs.mjs';
import type { CheckedApp } from './checked-app.ts';
import type { LoginItems } from './login-items.ts';
import type { Person } from './person.ts';

/** Ends and removes all that a check has made, but for its report. */
export async function cleanUp(made: {
  readonly app: CheckedApp | null;
  readonly login: LoginItems;
  readonly home: string;
  readonly person: Person;
}): Promise<void> {
  const { app, login, home, person } = made;
  // An app that ends takes its token off the clipboard.
  await app?.close();
  await stopPrograms();
  if (!(await login.restore())) {
    person.say(
      'If “Start when I sign in to this computer” is still on, turn it off in the system’s settings.',
    );
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
