import type { Log, LogFields } from '../../electron/core/ports.ts';

/** A log that keeps its events for a test to look at. */
export class RememberingLog implements Log {
  readonly events: { readonly event: string; readonly fields: LogFields }[] = [];

  info(event: string, fields: LogFields = {}): void {
    this.events.push({ event, fields });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.events.push({ event, fields });
  }

  get names(): string[] {
    return this.events.map(({ event }) => event);
  }
}
