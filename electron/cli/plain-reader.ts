import { parseArgs } from 'node:util';
import type { CallOptions } from './call-options.ts';
import { commonOptions, operandCount, type CommandDefinition } from './command-definition.ts';
import { commands } from './commands.ts';
import { flagOf, optionForms, type OptionForm, type OptionName } from './option-forms.ts';

/** A call that is understood. */
export interface Call {
  readonly command: CommandDefinition;
  readonly options: CallOptions;
}

/**
 * Reads a call that is right as it stands, at a tenth of what the library for command lines costs to load. Null:
 * something is missing, odd or asked about, and `helpful-reader.ts` finds the words; both go by the same table.
 */
export function readPlainCall(argv: readonly string[]): Call | null {
  const found = findCommand(argv);
  if (found === null) return null;
  const { command, words } = found;
  const passesThrough = operandCount(command).most > 1;
  const end = passesThrough ? words.indexOf('--') : words.length;
  if (end < 0) return null;
  const parsed = parse(command, words.slice(0, end));
  if (parsed === null || (passesThrough && parsed.operands.length > 0)) return null;
  const operands = passesThrough ? words.slice(end + 1) : parsed.operands;
  const { least, most } = operandCount(command);
  if (operands.length < least || operands.length > most) return null;
  return { command, options: { ...parsed.options, ...(operands.length > 0 && { operands }) } };
}

function findCommand(argv: readonly string[]) {
  for (const length of [2, 1]) {
    const command = commands[argv.slice(0, length).join(' ')];
    if (command !== undefined && argv.length >= length) return { command, words: argv.slice(length) };
  }
  return null;
}

function parse(command: CommandDefinition, args: readonly string[]) {
  const names = Object.keys({ ...commonOptions, ...command.options }) as OptionName[];
  const types = names.map((name) => [flagOf(name), { type: optionForms[name].read ? 'string' : 'boolean' }]);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(types) as Record<string, { type: 'string' | 'boolean' }>,
      allowPositionals: true,
    });
    const read = names.map((name) => [name, readValue(optionForms[name], values[flagOf(name)])] as const);
    if (read.some(([, value]) => value === null)) return null;
    const given = read.filter(([, value]) => value !== undefined);
    return { options: Object.fromEntries(given) as CallOptions, operands: positionals };
  } catch {
    return null;
  }
}

/** Undefined: not given. Null: a text that will not do. */
function readValue(form: OptionForm, text: string | boolean | undefined): unknown {
  return form.read === undefined || typeof text !== 'string' ? text : form.read(text);
}
