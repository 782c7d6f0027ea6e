import type { CheckedApp } from './checked-app.ts';
import { secondStartRan, type Checks, type Found } from './checks.ts';
import type { Person, PersonsEnd } from './person.ts';
import { startApp } from './start-app.ts';
import type { Act, CheckName, Step } from './step.ts';
import type { Done, Stage } from './walk-parts.ts';

export interface CheckStageParts {
  readonly app: CheckedApp;
  readonly checks: Checks;
  /** The built-in service's address. */
  readonly service: string;
  readonly person: Person;
  readonly showsIcons: () => Promise<boolean | null>;
  /** The person shuts the computer down now. Answers once they have said that they do not. */
  readonly leaveRunning: () => Promise<string>;
  /** The app ended though no step ended it. */
  readonly endedUnasked: (stepId: string) => void;
  /** The app did not start, or not in time, when this step needed it. */
  readonly startFailed: (stepId: string, why: string) => void;
}

/** The real app and service, as the steps need them. */
export class CheckStage implements Stage {
  readonly #parts: CheckStageParts;
  #stepId = '';
  /** Whether it ever served: what never did has not ended by itself. */
  #served = false;
  #mayHaveEnded = false;

  constructor(parts: CheckStageParts) {
    this.#parts = parts;
  }

  async ready(step: Step): Promise<Done> {
    const { app, checks, endedUnasked } = this.#parts;
    this.#stepId = step.id;
    if (step.act === 'leave_running') return { said: null };
    const isFirst = !this.#served;
    const runs = app.endpoint !== null;
    if (!isFirst && !runs && !this.#mayHaveEnded) endedUnasked(step.id);
    this.#mayHaveEnded = step.checks?.includes('ended') === true;
    const ended = runs ? null : await this.#start();
    if (ended !== null) return { ended };
    checks.pidBefore = app.endpoint?.pid ?? null;
    return { said: runs || isFirst ? null : 'Token Tray was not running, so it was started again.' };
  }

  act(act: Act): Promise<Done> {
    switch (act) {
      case 'end_session':
        return this.#endSession();
      case 'restart_app':
        return this.#restart();
      case 'start_again':
        return this.#startAgain();
      case 'leave_running':
        return this.#leaveRunning();
    }
  }

  check(name: CheckName): Promise<Found> {
    return this.#parts.checks.run(name);
  }

  showsIcons(): Promise<boolean | null> {
    return this.#parts.showsIcons();
  }

  /** All tokens so far are refused from now on, and the app learns of it as by a tool whose API said 401. */
  async #endSession(): Promise<Done> {
    const { app, checks, service } = this.#parts;
    const rejected = await checks.noteToken();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ what: 'all' });
    await fetch(`${service}/__control/expire`, { method: 'POST', headers, body });
    if (rejected === null) return { said: 'There was no session to end.' };
    await app.ask('/v1/token/renew', { method: 'POST', body: JSON.stringify({ rejected }) });
    return { said: 'The service has ended the session.' };
  }

  async #restart(): Promise<Done> {
    await this.#parts.app.end();
    const ended = await this.#start();
    return ended === null ? { said: 'Token Tray was restarted.' } : { ended };
  }

  async #startAgain(): Promise<Done> {
    const { app, checks } = this.#parts;
    checks.secondStart = await app.startAgain();
    return { said: checks.secondStart === null ? `T${secondStartRan.slice(1)}.` : null };
  }

  async #leaveRunning(): Promise<Done> {
    const { app, leaveRunning } = this.#parts;
    const ended = app.endpoint === null ? await this.#start() : null;
    return ended === null ? { said: await leaveRunning() } : { ended };
  }

  async #start(): Promise<PersonsEnd | null> {
    const { app, person, startFailed } = this.#parts;
    const ended = await startApp(app, person, (why) => startFailed(this.#stepId, why));
    if (ended === null) this.#served = true;
    return ended;
  }
}
