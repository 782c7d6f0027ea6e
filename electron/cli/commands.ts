import type { Action } from './call-options.ts';
import { header } from './header.ts';
import type { OptionName } from './option-forms.ts';
import { token } from './token.ts';

/** A command as the help tells it and as both readers of the command line take it. */
export interface CommandDefinition {
  readonly summary: string;
  /** `<name>` has to stand there, `[name]` may, and dots say that more may follow. */
  readonly operand?: { readonly syntax: string; readonly description: string };
  /** What each option means to this command; all understand `--home` and `--account` besides. */
  readonly options: Partial<Readonly<Record<OptionName, string>>>;
  /** Calls without the program’s name, each with what it is good for. */
  readonly examples: readonly (readonly [call: string, purpose: string])[];
  /** A command’s own file is loaded when it is called: a tool that asks for a token waits for nothing else. */
  readonly load: () => Promise<Action>;
}

/** What every call understands. */
export const commonOptions: CommandDefinition['options'] = {
  home: 'the folder that holds everything (default: $TOKEN_TRAY_HOME, else this user’s)',
  account: 'the account that is meant (default: the default account)',
};

const signIn: CommandDefinition['options'] = {
  username: 'the email or user name',
  passwordStdin: 'read the password from standard input',
  login: 'how the service takes the password: basic (default) or json',
};
const wholeAnswer = 'print the endpoint’s whole answer';

/** All commands, in the order of the help. One of two words stands below its first. */
export const commands: Readonly<Record<string, CommandDefinition>> = {
  agent: {
    summary: 'keep the session and serve tools, in the foreground',
    options: {
      ...signIn,
      api: 'the service’s base URL (default: $TOKEN_TRAY_API, else the vendor’s)',
      port: 'the port for tools (default: 47145, or a free one)',
    },
    examples: [
      ['agent --username anna@warehouse.example', 'asks for the password, then serves tools until Ctrl-C'],
      ['agent', 'goes on with the stored session'],
      ['agent --username anna@warehouse.example --password-stdin < password.txt', 'on a server'],
    ],
    load: async () => (await import('./agent.ts')).agent,
  },
  login: {
    summary: 'sign in to the running Token Tray',
    options: { ...signIn, api: 'the service’s base URL (default: the running Token Tray’s)' },
    examples: [
      ['login', 'asks for email and password'],
      ['login --username ben@warehouse.example', 'a second account beside the first'],
    ],
    load: async () => (await import('./login.ts')).login,
  },
  token: {
    summary: 'print the current access token',
    options: { minTtl: 'seconds of life that it should have left (default: 60)', json: wholeAnswer },
    examples: [
      ['token', 'for a tool that reads it from standard output'],
      ['token --min-ttl 600', 'for work of ten minutes'],
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
  status: {
    summary: 'say how the session stands; never a secret',
    options: { json: wholeAnswer },
    examples: [
      ['status', 'in words'],
      ['status --json', 'for programs'],
    ],
    load: async () => (await import('./status.ts')).status,
  },
  logout: {
    summary: 'forget the session on this computer',
    options: {},
    examples: [
      ['logout', 'the default account'],
      ['logout --account ben@warehouse.example', 'another one'],
    ],
    load: async () => (await import('./logout.ts')).logout,
  },
  doctor: {
    summary: 'check the set-up and say what to do; changes nothing, never a secret',
    options: {
      json: 'print the findings as JSON',
      api: 'a service to look at besides those of the stored accounts',
    },
    examples: [
      ['doctor', 'in words; exit 1 where something needs mending'],
      ['doctor --json', 'for programs'],
    ],
    load: async () => (await import('./doctor.ts')).doctor,
  },
};

/** The least and the most operands that a command takes. */
export function operandCount({ operand }: CommandDefinition): {
  readonly least: number;
  readonly most: number;
} {
  if (operand === undefined) return { least: 0, most: 0 };
  return {
    least: operand.syntax.startsWith('<') ? 1 : 0,
    most: operand.syntax.includes('...') ? Infinity : 1,
  };
}
