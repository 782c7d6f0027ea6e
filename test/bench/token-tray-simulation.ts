import { Program } from '../support/program.ts';
import type { Moment } from './usage-patterns.ts';

/**
 * How many tokens the service makes for the same scripts where all ask Token Tray: the real core on a clock that is
 * told the time, with the sign-in counted. Fails if a script ever gets no token.
 */
export async function generationsByTokenTray(moments: Iterable<Moment>): Promise<number> {
  const program = await Program.signedIn();
  let now = 0;
  for (const { atMs, script } of moments) {
    if (atMs > now) await program.clock.advance(atMs - now);
    now = atMs;
    if (script === null) await program.restart();
    else await ask(program, script);
  }
  return program.service.generations;
}

async function ask(program: Program, script: number): Promise<void> {
  const asked = program.accounts.token({ account: null, minTtlSeconds: 60, tool: `script-${script}` });
  const reply = asked instanceof Promise ? await asked : asked;
  if (reply.kind !== 'token') throw new Error(`A script got no token: ${JSON.stringify(reply)}`);
}
