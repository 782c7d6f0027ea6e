import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from '../contract/child-environment.ts';
import { windowsProgram } from '../contract/windows-program.ts';

/** Runs a program of Windows; its output. Rejects where it fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

const limitMs = 10_000;

/** SYSTEM and the Administrators, who read every file anyway (Microsoft, "Well-known SIDs"). */
const administrators = ['S-1-5-18', 'S-1-5-32-544'];

/**
 * Gives a folder, and what it will hold, to this user and the administrators alone; what others inherited or were given
 * is taken away (Microsoft, "icacls"). `false`: Windows did not do it, as on a disk that keeps no permissions.
 */
export async function makePrivateOnWindows(folder: string, run: RunProgram = runProgram): Promise<boolean> {
  const system = (name: string) => windowsProgram(name, process.env);
  try {
    // By its SID: names are translated, and may be those of another computer.
    const [me] = /S-1-[\d-]+/.exec(await run(system('whoami.exe'), ['/user', '/fo', 'csv', '/nh'])) ?? [];
    if (me === undefined) return false;
    // For a moment the rights are those of the folder above: by then no key in it is valid, and sessions are sealed.
    await run(system('icacls.exe'), [folder, '/reset', '/q']);
    const grants = [me, ...administrators].map((sid) => `*${sid}:(OI)(CI)F`);
    await run(system('icacls.exe'), [folder, '/inheritance:r', '/grant:r', ...grants, '/q']);
    // Whoever made the folder could give the rights back to themselves.
    await run(system('icacls.exe'), [folder, '/setowner', `*${me}`, '/q']);
    return true;
  } catch {
    return false;
  }
}

async function runProgram(program: string, args: readonly string[]): Promise<string> {
  const options = { timeout: limitMs, windowsHide: true, env: childEnvironment(process.env) };
  const { stdout } = await promisify(execFile)(program, [...args], options);
  return stdout;
}
