import { parseArgs } from 'node:util';
import { desktops, sessions, type Desktop, type Session } from './step.ts';

export const usage = `npm run desktop-check                      asks you, step by step, what Token Tray does on this desktop
npm run desktop-check -- --app PATH        the same with an installed app: its program, or its .app on macOS
npm run desktop-check -- --report FILE     where the report goes (default: a new file in this folder)
npm run desktop-check -- --steps           prints the steps and starts nothing
npm run desktop-check -- --desktop NAME    the steps of another desktop: ${desktops.join(', ')}
npm run desktop-check -- --session NAME    on Linux, the steps of another session: ${sessions.join(', ')}
npm run desktop-check -- --after-shutdown  ends a check that you left by shutting the computer down

It takes ten to twenty minutes. The app runs in a temporary home and signs in to a built-in service, so you need no
account.
`;

export interface Options {
  readonly help: boolean;
  readonly steps: boolean;
  readonly afterShutdown: boolean;
  readonly app: string | null;
  readonly report: string | null;
  readonly desktop: Desktop | null;
  readonly session: Session | null;
}

const known = {
  help: { type: 'boolean', short: 'h' },
  steps: { type: 'boolean' },
  'after-shutdown': { type: 'boolean' },
  app: { type: 'string' },
  report: { type: 'string' },
  desktop: { type: 'string' },
  session: { type: 'string' },
} as const;
type Name = keyof typeof known;

/** Reads the command line. An `error` is a sentence for the person. */
export function readOptions(args: readonly string[]): Options | { readonly error: string } {
  const wrong = (error: string) => ({
    error: `${error} Run \`npm run desktop-check -- --help\` for a list.`,
  });
  const given = new Map<Name, string>();
  // Not strict: its errors are for programmers.
  for (const token of parseArgs({ args: [...args], options: known, strict: false, tokens: true }).tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') return wrong(`Unexpected "${token.value}".`);
    const { rawName, value, inlineValue } = token;
    const name = (Object.keys(known) as Name[]).find((one) => one === token.name);
    if (name === undefined) return wrong(`Unknown option ${rawName}.`);
    if (known[name].type === 'boolean' && value !== undefined) return wrong(`${rawName} takes no value.`);
    if (known[name].type === 'string' && isMissing(value, inlineValue))
      return wrong(`${rawName} needs a value.`);
    given.set(name, value ?? '');
  }
  const desktop = desktops.find((name) => name === given.get('desktop')) ?? null;
  if (given.has('desktop') && desktop === null) {
    return wrong(`Invalid --desktop "${given.get('desktop')}": expected ${desktops.join(', ')}.`);
  }
  const session = sessions.find((name) => name === given.get('session')) ?? null;
  if (given.has('session') && session === null) {
    return wrong(`Invalid --session "${given.get('session')}": expected ${sessions.join(' or ')}.`);
  }
  return {
    help: given.has('help'),
    steps: given.has('steps'),
    afterShutdown: given.has('after-shutdown'),
    app: given.get('app') ?? null,
    report: given.get('report') ?? null,
    desktop,
    session,
  };
}

/** `--app --steps`: the value was forgotten. `--app=--odd` is one. */
function isMissing(value: string | undefined, inline: boolean | undefined): boolean {
  return value === undefined || value === '' || (inline !== true && value.startsWith('-'));
}
