import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from '../contract/problems.ts';
import type { CallOptions } from './call-options.ts';
import { commonOptions, operandCount, type CommandDefinition } from './command-definition.ts';
import { commandGroups, commands } from './commands.ts';
import { flagOf, optionForms, type OptionForm, type OptionName } from './option-forms.ts';
import type { Call } from './plain-reader.ts';
import { writeText } from './standard-streams.ts';
import { version } from './version.ts';

/** The commands whose first examples show a newcomer the way. */
const firstSteps = ['agent', 'exec', 'header', 'status'];

/** Either a call that is understood, or the exit code after help or a complaint has been given. */
export type Reading =
  { readonly kind: 'call'; readonly call: Call } | { readonly kind: 'told'; readonly exitCode: number };

/** Reads any call, gives the help that is asked for, and says what is wrong with a call that cannot be read. */
export function readWithHelp(argv: readonly string[], write: typeof writeText = writeText): Reading {
  const understood: Call[] = [];
  const program = withOptions(new Command('token-tray'), commonOptions)
    .description('Sign in once; every local tool gets the current access token.')
    .version(version, '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => write(1, text),
      writeErr: (text) => write(2, text),
      outputError: complain,
    })
    .showHelpAfterError('Run with --help to see what there is.')
    .enablePositionalOptions()
    .addHelpText(
      'after',
      examplesText(firstSteps.flatMap((name) => commands[name]?.examples.slice(0, 1) ?? [])),
    );
  for (const [heading, group] of Object.entries(commandGroups)) {
    for (const [words, definition] of Object.entries(group)) {
      const command = addCommand(program, words.split(' '), definition, (options) =>
        understood.push({ command: definition, options }),
      );
      if (command.parent === program) command.helpGroup(heading);
    }
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what was wrong; help that was asked for is no failure.
    return { kind: 'told', exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage };
  }
  const [call] = understood;
  return call ? { kind: 'call', call } : { kind: 'told', exitCode: exitCodes.wrongUsage };
}

function addCommand(
  program: Command,
  words: readonly string[],
  definition: CommandDefinition,
  understood: (options: CallOptions) => void,
): Command {
  const parents = words.slice(0, -1);
  const parent = program.commands.find((one) => parents.includes(one.name())) ?? program;
  const command = withOptions(
    // Made by its parent, it inherits how the program speaks and ends.
    parent.command(words.at(-1) ?? '').enablePositionalOptions(),
    // Its own first; its own words also for what all commands understand.
    { ...definition.options, ...commonOptions, ...definition.options },
  )
    .description(definition.summary)
    .addHelpText('after', examplesText(definition.examples));
  if (definition.operand) command.argument(definition.operand.syntax, definition.operand.description);
  // What follows the command to run is its own, even `--help`.
  if (operandCount(definition).most > 1) command.passThroughOptions();
  return command.action(() => {
    const operands = command.args;
    understood({
      ...command.optsWithGlobals<CallOptions>(),
      ...(operands.length > 0 && { operands }),
    });
  });
}

function withOptions(command: Command, options: CommandDefinition['options']): Command {
  for (const [name, description] of Object.entries(options) as [OptionName, string][]) {
    command.addOption(optionFor(name, optionForms[name], description));
  }
  return command;
}

function optionFor(name: string, form: OptionForm, description: string): Option {
  if (form.read === undefined) return new Option(`--${flagOf(name)}`, description);
  const { read, rule } = form;
  return new Option(`--${flagOf(name)} <${form.value}>`, description).argParser((text) => {
    const value = read(text);
    if (value === null) throw new InvalidArgumentError(rule);
    return value;
  });
}

function examplesText(examples: CommandDefinition['examples']): string {
  const lines = examples.map(([call, purpose]) => `  token-tray ${call}\n      ${purpose}`);
  return ['', 'Examples:', ...lines].join('\n');
}

/** Commander's complaints in our own tone. */
function complain(text: string, write: (text: string) => void): void {
  write(
    text
      .replace(/^error: (.)/, (_, first: string) => first.toUpperCase())
      .replace(' is invalid.', ' will not do.'),
  );
}
