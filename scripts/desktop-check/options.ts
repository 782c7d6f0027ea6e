import { parseArgs } from 'node:util';
import { desktops, type Desktop } from './step.ts';

export const usage = `npm run desktop-check                      asks you, step by step, what Token Tray does on this desktop
npm run desktop-check -- --app PATH        the same with an installed app: its program, or its .app on macOS
npm run desktop-check -- --report FILE     where the report goes (default: a new file in this folder)
npm run desktop-check -- --steps           prints the steps and starts nothing
npm run desktop-check -- --desktop NAME    the steps of another desktop: ${desktops.join(', ')}
npm run desktop-check -- --after-shutdown  ends a check that you left by shutting the computer down

It takes about ten minutes. The app runs in a temporary home and signs in to a built-in service, so you need no account.
`;

export interface Options {
  readonly help: boolean;
  readonly steps: boolean;
  readonly afterShutdown: boolean;
  readonly app: string | null;
  readonly report: string | null;
  readonly desktop: Desktop | null;
}

/** Reads the command line. An `error` is a sentence for the person. */
export function readOptions(args: readonly string[]): Options | { readonly error: string } {
  const wrong = (error: string) => ({
    error: `${error} Run \`npm run desktop-check -- --help\` for a list.`,
  });
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        steps: { type: 'boolean', default: false },
        'after-shutdown': { type: 'boolean', default: false },
        app: { type: 'string' },
        report: { type: 'string' },
        desktop: { type: 'string' },
      },
    }));
  } catch {
    return wrong(`Invalid options: ${args.join(' ')}.`);
  }
  const desktop = desktops.find((name) => name === values.desktop) ?? null;
  if (values.desktop !== undefined && desktop === null) {
    return wrong(`Invalid --desktop "${values.desktop}": expected ${desktops.join(', ')}.`);
  }
  return {
    help: values.help,
    steps: values.steps,
    afterShutdown: values['after-shutdown'],
    app: values.app ?? null,
    report: values.report ?? null,
    desktop,
  };
}
