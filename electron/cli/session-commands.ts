import { defaultPort } from '../contract/default-port.ts';
import { wholeAnswer, type CommandDefinition } from './command-definition.ts';

const signIn: CommandDefinition['options'] = {
  username: 'the email or user name',
  passwordStdin: 'read the password from standard input',
  login: 'how the service takes the password: basic (default) or json',
};

/** Who is signed in. */
export const sessionCommands: Readonly<Record<string, CommandDefinition>> = {
  agent: {
    summary: 'keep the session and serve tools, in the foreground',
    options: {
      ...signIn,
      api: 'the service’s base URL (default: $TOKEN_TRAY_API, else the vendor’s)',
      port: `the port for tools (default: ${defaultPort}, or a free one)`,
    },
    examples: [
      ['agent --username anna@warehouse.example', 'asks for the password, then serves tools until Ctrl-C'],
      ['agent', 'goes on with the stored session'],
      ['agent --username anna@warehouse.example --password-stdin < password.txt', 'on a server'],
    ],
    load: async () => (await import('./agent.ts')).agent,
  },
  stop: {
    summary: 'stop the running Token Tray, and wait until it has ended',
    options: {},
    examples: [['stop', 'the agent or the tray app, as Ctrl-C or Quit would']],
    load: async () => (await import('./stop.ts')).stop,
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
  logout: {
    summary: 'forget the session on this computer',
    options: {},
    examples: [
      ['logout', 'the default account'],
      ['logout --account ben@warehouse.example', 'another one'],
    ],
    load: async () => (await import('./logout.ts')).logout,
  },
  accounts: {
    summary: 'list the accounts',
    options: { json: 'print them as JSON' },
    examples: [['accounts', 'with the one that tools get that name none']],
    load: async () => (await import('./accounts.ts')).accounts,
  },
  'accounts default': {
    summary: 'choose the account of tools that name none',
    operand: { syntax: '<account>', description: 'its name in: token-tray accounts' },
    options: { json: wholeAnswer },
    examples: [['accounts default ben@warehouse.example', 'Ben’s tokens for tools that name no account']],
    load: async () => (await import('./accounts.ts')).chooseDefault,
  },
};
