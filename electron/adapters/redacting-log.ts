import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { Log, LogFields } from '../core/ports.ts';
import type { Redactor } from './redaction.ts';

/**
 * A log in lines of JSON: `{"level","time","pid","event",…fields}`, `time` in RFC 3339, UTC. Each finished line
 * passes the redactor on its way to `destination`, which is to write at once, so that no line is lost at exit.
 * Never throws: a line that cannot be made or written is dropped.
 */
export class RedactingLog implements Log {
  readonly #logger: Logger;

  constructor(destination: DestinationStream, redactor: Redactor) {
    const redacted = { write: (line: string) => destination.write(redactor.redact(line)) };
    this.#logger = pino(
      {
        base: { pid: process.pid },
        messageKey: 'event',
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      redacted,
    );
  }

  info(event: string, fields: LogFields = {}): void {
    this.#write('info', event, fields);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#write('warn', event, fields);
  }

  #write(level: 'info' | 'warn', event: string, fields: LogFields): void {
    try {
      this.#logger[level](fields, event);
    } catch {
      // Nothing that is logged is worth the program.
    }
  }
}
