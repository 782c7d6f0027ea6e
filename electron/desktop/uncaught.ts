/** What is used of Node's `process`. */
type Faults = Pick<NodeJS.Process, 'on' | 'stdout' | 'stderr'>;

export interface UncaughtParts {
  /** `name`: the error's class, such as `TypeError`. Never its message or stack: they may hold a path or a secret. */
  readonly tell: (event: 'unhandled_rejection' | 'uncaught_exception', name: string) => void;
  /** Nobody knows what is whole and what is not: the program is to end in good order. */
  readonly end: () => void;
}

/**
 * Takes what no part of ours caught, a mistake of our own each time. Electron would show the whole error in a dialog,
 * and Node would print it. A promise that nobody waited for ends nothing; an exception ends the program.
 */
export function watchUncaught(faults: Faults, { tell, end }: UncaughtParts): void {
  faults.on('unhandledRejection', (reason) => tell('unhandled_rejection', nameOf(reason)));
  faults.on('uncaughtException', (error) => {
    tell('uncaught_exception', nameOf(error));
    end();
  });
  // A terminal that was closed takes no more words, which is no fault.
  for (const stream of [faults.stdout, faults.stderr]) stream.on('error', () => undefined);
}

/** An error's class, and nothing of what it says. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
