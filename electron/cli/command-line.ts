import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from '../contract/problems.ts';
import type { CallOptions } from './call-options.ts';

type Action = (options: CallOptions) => Promise<number>;

/**
 * Runs one call and answers its exit code. A command's own file is loaded when the command is called, and not
 * before: a tool that asks for a token does not wait for what the agent needs.
 */
export async function commandLine(argv: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const run = (load: () => Promise<Action>) => async (options: CallOptions) => {
    exitCode = await (await load())(options);
  };
  const program = new Command('token-tray')
    .description('Sign in once; every local tool gets the current access token.')
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.')
    .addHelpText('after', examples);

  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option(
        '--home <dir>',
        'the folder that holds everything (default: $TOKEN_TRAY_HOME, else this user’s)',
        folder,
      )
      .option('--account <a>', 'the account that is meant (default: the default account)');
  const signInOptions = (it: Command) =>
    it
      .option('--username <u>', 'the email or user name')
      .option('--password-stdin', 'read the password from standard input')
      .addOption(
        new Option('--login <form>', 'how the service takes the password').choices(['basic', 'json']),
      );

  signInOptions(command('agent', 'keep the session and serve tools, in the foreground'))
    .option('--api <url>', 'the service’s base URL (default: $TOKEN_TRAY_API, else the vendor’s)')
    .option('--port <n>', 'the port for tools (default: 47145, or a free one)', portNumber)
    .action(run(async () => (await import('./agent.ts')).agent));
  signInOptions(command('login', 'sign in to the running Token Tray'))
    .option('--api <url>', 'the service’s base URL (default: the running Token Tray’s)')
    .action(run(async () => (await import('./login.ts')).login));
  command('token', 'print the current access token')
    .option('--min-ttl <s>', 'seconds of life that it should have left', seconds)
    .option('--json', 'print the endpoint’s whole answer')
    .action(run(async () => (await import('./token.ts')).token));
  command('header', 'print the Authorization header with the current token')
    .option('--curl', 'as a line for: curl -K -')
    .action(run(async () => (await import('./header.ts')).header));
  command('status', 'say how the session stands; never a secret')
    .option('--json', 'print the endpoint’s whole answer')
    .action(run(async () => (await import('./status.ts')).status));
  command('logout', 'forget the session on this computer').action(
    run(async () => (await import('./logout.ts')).logout),
  );

  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong; help that was asked for is no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
    throw error;
  }
}

const examples = `
Examples:
  token-tray agent --username anna@warehouse.example
  token-tray token
  token-tray header --curl | curl -K - https://api.example.com/orders`;

function portNumber(text: string): number {
  return wholeNumber(text, 65_535, 'It is a whole number from 0 to 65535.');
}

function seconds(text: string): number {
  return wholeNumber(text, 86_400, 'It is a whole number of seconds, at most a day.');
}

function wholeNumber(text: string, most: number, rule: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) > most) throw new InvalidArgumentError(rule);
  return Number(text);
}

/** An unset variable must not make the current folder the home. */
function folder(path: string): string {
  if (path === '') throw new InvalidArgumentError('It is the path of a folder.');
  return path;
}
