import { wholeAnswer, type CommandDefinition } from './command-definition.ts';
import { header } from './header.ts';
import { token } from './token.ts';

const minTtl = 'seconds of life that it should have left (default: 60)';

/** Ways to a token. */
export const tokenCommands: Readonly<Record<string, CommandDefinition>> = {
  token: {
    summary: 'print the current access token',
    options: {
      minTtl,
      wait: 'seconds to wait where there is none yet, even for a person (default: fail at once)',
      json: wholeAnswer,
    },
    examples: [
      ['token', 'for a tool that reads it from standard output'],
      ['token --min-ttl 600', 'for work of ten minutes'],
      ['token --wait 3600', 'in a job at night: somebody may sign in within the hour'],
      ['token --json', 'with its expiry, for programs'],
    ],
    load: () => Promise.resolve(token),
  },
  header: {
    summary: 'print the Authorization header with the current token',
    options: { curl: 'as a line for: curl -K -' },
    examples: [
      ['header --curl | curl -K - https://api.example.com/orders', 'the token stands in no argument'],
    ],
    load: () => Promise.resolve(header),
  },
  exec: {
    summary: 'run a command with the token in its environment',
    operand: { syntax: '<command...>', description: 'the command with its arguments, after --' },
    options: {
      env: 'the variable for the token (default: TOKEN_TRAY_ACCESS_TOKEN)',
      minTtl,
      serve: 'give it TOKEN_TRAY_URL and a TOKEN_TRAY_KEY instead, which last as long as it runs',
    },
    examples: [
      ['exec -- ./sync.sh', 'the script finds the token in TOKEN_TRAY_ACCESS_TOKEN'],
      ['exec --env API_TOKEN -- npm run report', 'for a program that reads API_TOKEN'],
      ['exec --serve -- python import.py', 'for work longer than a token lives: it asks the address itself'],
    ],
    load: async () => (await import('./exec.ts')).exec,
  },
  renew: {
    summary: 'print another token, as the API refused this one',
    options: {
      rejectedStdin: 'read the token that was refused from standard input (default: the current one)',
    },
    examples: [
      ['renew', 'the current token, unless it is brand-new, is replaced'],
      ['renew --rejected-stdin < refused.txt', 'renews only if nobody else has done so since'],
    ],
    load: async () => (await import('./renew.ts')).renew,
  },
  snippet: {
    summary: 'print code that asks for the token, for a program of your own',
    operand: { syntax: '<language>', description: 'python, node, php, powershell or curl' },
    options: {},
    examples: [
      ['snippet python > tray_token.py', 'a function that gets the current token'],
      ['snippet curl', 'the same for a shell script'],
    ],
    load: async () => (await import('./snippet.ts')).snippet,
  },
};
