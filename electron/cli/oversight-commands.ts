import { wholeAnswer, type CommandDefinition } from './command-definition.ts';

/** What goes on, and who may. */
export const oversightCommands: Readonly<Record<string, CommandDefinition>> = {
  status: {
    summary: 'say how the session stands; never a secret',
    options: { json: wholeAnswer },
    examples: [
      ['status', 'in words'],
      ['status --json', 'for programs'],
    ],
    load: async () => (await import('./status.ts')).status,
  },
  activity: {
    summary: 'list sign-ins and renewals with their causes, and who asked for tokens',
    options: { since: 'how far back, such as 12h or 90d (default: 7 days)', json: wholeAnswer },
    examples: [
      ['activity', 'the last seven days'],
      ['activity --since 24h --json', 'one day, for programs'],
    ],
    load: async () => (await import('./activity.ts')).activity,
  },
  pause: {
    summary: 'hand out nothing for a while',
    operand: { syntax: '[time]', description: 'how long, such as 30m, at most 24h (default: 1h)' },
    options: {},
    examples: [
      ['pause', 'for an hour'],
      ['pause 15m', 'for a quarter of an hour'],
    ],
    load: async () => (await import('./pause.ts')).pause,
  },
  resume: {
    summary: 'end a pause',
    options: {},
    examples: [['resume', 'tools are served again']],
    load: async () => (await import('./pause.ts')).resume,
  },
  tools: {
    summary: 'list the tools with keys of their own',
    options: { json: wholeAnswer },
    examples: [['tools', 'with their limits, and when each asked last']],
    load: async () => (await import('./tools.ts')).tools,
  },
  'tools add': {
    summary: 'make a key for a tool, printed once',
    operand: { syntax: '<name>', description: 'small letters, digits, dots, dashes and underscores' },
    options: {
      expires: 'when the key ends, such as 8h or 30d (default: never)',
      proxyOnly: 'the key opens the proxy alone and gets no token',
      account: 'the one account that the key is for (default: any)',
      json: wholeAnswer,
    },
    examples: [
      ['tools add nightly-sync', 'a key until it is revoked'],
      ['tools add trial --expires 8h --proxy-only', 'for today, and never the token itself'],
    ],
    load: async () => (await import('./tools.ts')).addTool,
  },
  'tools revoke': {
    summary: 'end a tool’s key',
    operand: { syntax: '<name>', description: 'its name in: token-tray tools' },
    options: { json: wholeAnswer },
    examples: [['tools revoke trial', 'its key opens nothing any more']],
    load: async () => (await import('./tools.ts')).revokeTool,
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
