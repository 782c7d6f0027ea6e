import type { CheckedApp } from './checked-app.ts';
import type { Checks, Found } from './checks.ts';
import type { Act, CheckName, Step } from './step.ts';
import type { Stage } from './walk.ts';

export interface CheckStageParts {
  readonly app: CheckedApp;
  readonly checks: Checks;
  /** The built-in service's address. */
  readonly service: string;
  readonly showsIcons: () => Promise<boolean>;
  /** The person shuts the computer down now. Answers once they have said that they do not. */
  readonly leaveRunning: () => Promise<string>;
  /** The app ended though no step ended it. */
  readonly endedUnasked: (stepId: string) => void;
}

/** The real app and service, as the steps need them. */
export class CheckStage implements Stage {
  readonly #parts: CheckStageParts;
  #started = false;
  #mayHaveEnded = false;

  constructor(parts: CheckStageParts) {
    this.#parts = parts;
  }

  async ready(step: Step): Promise<string | null> {
    const { app, checks, endedUnasked } = this.#parts;
    if (step.act === 'leave_running') return null;
    const isFirst = !this.#started;
    const runs = app.endpoint !== null;
    const unasked = !isFirst && !runs && !this.#mayHaveEnded;
    this.#started = true;
    this.#mayHaveEnded = step.checks?.includes('ended') === true;
    if (unasked) endedUnasked(step.id);
    const failed = runs ? null : await app.start();
    checks.pidBefore = app.endpoint?.pid ?? null;
    if (failed !== null) return `Token Tray could not be started: ${failed}`;
    return runs || isFirst ? null : 'Token Tray was not running, so it was started again.';
  }

  act(act: Act): Promise<string | null> {
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

  showsIcons(): Promise<boolean> {
    return this.#parts.showsIcons();
  }

  /** All tokens so far are refused from now on, and the app learns of it as by a tool whose API said 401. */
  async #endSession(): Promise<string | null> {
    const { app, checks, service } = this.#parts;
    const rejected = await checks.noteToken();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ what: 'all' });
    await fetch(`${service}/__control/expire`, { method: 'POST', headers, body });
    if (rejected === null) return 'There was no session to end.';
    await app.ask('/v1/token/renew', { method: 'POST', body: JSON.stringify({ rejected }) });
    return 'The service has ended the session.';
  }

  async #restart(): Promise<string | null> {
    const { app } = this.#parts;
    await app.end();
    const failed = await app.start();
    return failed === null ? 'Token Tray was restarted.' : `Token Tray could not be started: ${failed}`;
  }

  async #startAgain(): Promise<null> {
    const { app, checks } = this.#parts;
    checks.secondStart = await app.startAgain();
    return null;
  }

  async #leaveRunning(): Promise<string> {
    const { app, leaveRunning } = this.#parts;
    const failed = app.endpoint === null ? await app.start() : null;
    return failed === null ? leaveRunning() : `Token Tray could not be started: ${failed}`;
  }
}
