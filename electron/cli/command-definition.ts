import type { Action } from './call-options.ts';
import type { OptionName } from './option-forms.ts';

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

/** What `--json` means to most. */
export const wholeAnswer = 'print the endpoint’s whole answer';

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
