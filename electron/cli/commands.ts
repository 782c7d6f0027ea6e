import type { CommandDefinition } from './command-definition.ts';
import { oversightCommands } from './oversight-commands.ts';
import { sessionCommands } from './session-commands.ts';
import { tokenCommands } from './token-commands.ts';

/** The commands under the headings of the help, in its order. One of two words stands below its first. */
export const commandGroups: Readonly<Record<string, Readonly<Record<string, CommandDefinition>>>> = {
  'Session:': sessionCommands,
  'Tokens:': tokenCommands,
  'Oversight:': oversightCommands,
};

/** All commands. */
export const commands: Readonly<Record<string, CommandDefinition>> = {
  ...sessionCommands,
  ...tokenCommands,
  ...oversightCommands,
};
