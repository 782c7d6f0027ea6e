import { Command, InvalidArgumentError } from 'commander';
import type { AuthServiceSettings, SuspensionRule } from './settings.ts';

interface Flags {
  user?: Record<string, string>;
  accessLifetime?: number;
  refreshLifetime?: number;
  rotation: boolean;
  reuseDetection?: true;
  rotationGrace?: number;
  suspendAfter?: SuspensionRule;
  port?: number;
}

/**
 * Reads the options of `npm run auth-service` (docs/auth-api.md, "The built-in auth service").
 *
 * @param args what follows the script's name
 * @returns only the settings that were given; the rest are `defaultSettings`
 * @throws CommanderError whose one-line `message` says what is wrong; with exitCode 0 after printing the help
 */
export function readCommandLine(args: readonly string[]): Partial<AuthServiceSettings> {
  const command: Command = new Command('auth-service')
    .description('The built-in auth service: the test double of the service that Token Tray signs in to.')
    .option<Record<string, string> | undefined>(
      '--user <U:P>',
      'a username and its password; repeatable; replaces demo@example.com:correct horse',
      (value, users) => ({ ...users, ...readUser(value, command) }),
    )
    .option('--access-lifetime <S>', 'seconds an access token lives (2700)', positive)
    .option('--refresh-lifetime <S>', 'seconds a refresh token lives (30 days)', positive)
    .option('--no-rotation', 'a refresh answers without a new refresh token; the old one stays valid')
    .option('--reuse-detection', 'a spent refresh token ends its whole session')
    .option('--rotation-grace <S>', 'seconds a spent refresh token gets the same new pair again', seconds)
    .option('--suspend-after <N/S>', 'more than N token generations in S seconds suspend', suspensionRule)
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one (0)', port)
    .showSuggestionAfterError(false)
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  const { user, ...flags } = command.parse(args, { from: 'user' }).opts<Flags>();
  return user ? { ...flags, users: user } : flags;
}

function readUser(value: string, command: Command): Record<string, string> {
  const colon = value.indexOf(':');
  const [username, password] = [value.slice(0, colon), value.slice(colon + 1)];
  // Not an InvalidArgumentError: commander would quote the value, and with it a password.
  if (colon < 1 || password === '') {
    command.error("error: option '--user <U:P>' needs a username, a colon and a password.");
  }
  return { [username]: password };
}

function seconds(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is a whole number of seconds.');
  return Number(value);
}

function positive(value: string): number {
  const lifetime = seconds(value);
  if (lifetime === 0) throw new InvalidArgumentError('It is at least 1 second.');
  return lifetime;
}

function suspensionRule(value: string): SuspensionRule {
  const [, generations, period] = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(value) ?? [];
  if (!generations || !period) {
    throw new InvalidArgumentError('It is N/S: 5/60 allows 5 generations in 60 seconds.');
  }
  return { generations: Number(generations), seconds: Number(period) };
}

function port(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  }
  return Number(value);
}
