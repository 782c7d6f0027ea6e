import { exitCodes } from '../contract/problems.ts';
import type { CallOptions } from './call-options.ts';
import { runCommand } from './command-process.ts';
import { borrowKey } from './lease.ts';
import { tell } from './output.ts';
import { accessTokenIn, withToken } from './token.ts';

/** `token-tray exec`: runs a command with the token, or with `--serve` a key of its own, in its environment. */
export async function exec(options: CallOptions): Promise<number> {
  const words = options.operands ?? [];
  if (options.serve) return serve(options, words);
  return withToken(options, (body) =>
    runCommand(words, { [options.env ?? 'TOKEN_TRAY_ACCESS_TOKEN']: accessTokenIn(body) }),
  );
}

/** For work that outlives a token: the command asks the endpoint itself, each time it needs one. */
async function serve(options: CallOptions, words: readonly string[]): Promise<number> {
  if (options.env !== undefined || options.minTtl !== undefined) {
    tell('With --serve the command asks for its tokens itself. Leave out --env and --min-ttl.');
    return exitCodes.wrongUsage;
  }
  const borrowed = await borrowKey(options);
  if (!borrowed.ok) return borrowed.exitCode;
  const { url, key, lost, giveBack } = borrowed;
  void lost.then(() =>
    tell('Token Tray has ended; TOKEN_TRAY_KEY opens nothing any more. Start it, then the command, again.'),
  );
  const exitCode = await runCommand(words, { TOKEN_TRAY_URL: url, TOKEN_TRAY_KEY: key });
  giveBack();
  return exitCode;
}
