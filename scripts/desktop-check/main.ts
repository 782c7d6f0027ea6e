// `npm run desktop-check`: leads a person through what only a real desktop can show of the tray app, looks at what a
// program can look at, and writes a report without secrets. docs/verification.md has the same steps.
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { askDesktop } from '../../electron/desktop/tray-host.ts';
import { whenOrphaned } from '../orphaned.mjs';
import { endAfterShutdown } from './after-shutdown.ts';
import { runDesktopCheck } from './desktop-check.ts';
import { refusedDesktop, targetOf } from './desktop.ts';
import { readLeftCheck } from './left-check.ts';
import { machineFacts, type Facts } from './machine.ts';
import { readOptions, usage, type Options } from './options.ts';
import { PrivateWords } from './private-words.ts';
import { whereToReport } from './report-file.ts';
import { listText, nameOf } from './script-text.ts';
import { stepsFor } from './step.ts';
import { steps } from './steps.ts';
import { appFacts, findProgram, readManifest } from './subject.ts';
import { CheckTerminal } from './terminal.ts';

const root = join(import.meta.dirname, '../..');
/** Where npm was called; reports go there. */
const folder = process.env['INIT_CWD'] ?? process.cwd();
const leftPath = join(folder, 'desktop-check-left.json');
const manifest = readManifest();
const system = { platform: process.platform, env: process.env };
const options = readOptions(process.argv.slice(2));
// What was started has its own end; an open terminal would keep this process.
process.exit('error' in options ? refuse(options.error, 2) : await main(options));

async function main(chosen: Options): Promise<number> {
  const target = targetOf(system, chosen);
  const { desktop, session } = target;
  const install = chosen.app === null ? 'checkout' : 'package';
  const walked = stepsFor(steps, { desktop, session, install });
  if (chosen.help) return print(usage);
  if (chosen.steps) return print(listText(walked, target));
  const refused = chosen.afterShutdown ? null : refusedDesktop(target, system);
  if (refused !== null) return refuse(refused, 2);
  const next = whereToReport(manifest);
  if (!process.stdin.isTTY || !process.stdout.isTTY) return refuse(withoutTerminal(chosen), 1);
  if (chosen.afterShutdown) {
    return endAfterShutdown({ person: new CheckTerminal(), folder, leftPath, wordsFor, next });
  }
  if (readLeftCheck(leftPath) !== null) {
    return refuse('A check waits for its end. Run `npm run desktop-check -- --after-shutdown` first.', 1);
  }
  const terminal = new CheckTerminal();
  whenOrphaned(terminal.orphaned);
  const found = await Promise.race([prepare(chosen), terminal.interrupted]);
  if (typeof found === 'string') return found === 'ctrl_c' ? 130 : 1;
  if (found.path === undefined) return refuse(found.reason, 1);
  const reportPath = resolvePath(folder, chosen.report ?? defaultName(desktop));
  terminal.say(
    `${nameOf(target)}: ${walked.length} steps, ten to twenty minutes. Each says what to do and what must be seen.\n` +
      target.remarks.map((remark) => `${remark}\n`).join('') +
      'Token Tray runs in a temporary home, signed in to a built-in service. All of it is removed at the end.\n' +
      'If a Token Tray of your own runs, quit it first. Ctrl-C ends the check at any time.\n' +
      `The report: ${reportPath}`,
  );
  if ((await terminal.ask('Press Enter to begin: ')) === null) return 130;
  const code = await runDesktopCheck({
    root,
    program: found.path,
    args: chosen.app === null ? [root] : [],
    install,
    desktop,
    steps: walked,
    title: nameOf(target),
    facts: [...found.facts, ['started', new Date().toISOString()]],
    reportPath,
    folder,
    leftPath,
    terminal,
    wordsFor,
  });
  terminal.say(`The report: ${reportPath}\nIt holds no secrets and no names; read it all the same. ${next}`);
  return code;
}

type Prepared =
  { readonly path: string; readonly facts: Facts } | { readonly path?: undefined; readonly reason: string };

/** Finds the program, and what the report has to say of it and of this computer. */
async function prepare({ app }: Options): Promise<Prepared> {
  const found = findProgram(app, folder);
  const facts = appFacts(app, manifest);
  // A Ctrl-C has ended what these two waited for, and is heard only now.
  await nextTurn();
  if (found.path === undefined) return found;
  const showsIcons = process.platform === 'linux' ? await askDesktop() : null;
  return { path: found.path, facts: [...facts, ...(await machineFacts(system, showsIcons))] };
}

function withoutTerminal({ afterShutdown }: Options): string {
  const needs = 'The check asks you questions, so it needs a terminal.';
  return afterShutdown
    ? `${needs} Run \`npm run desktop-check -- --after-shutdown\` in one, in the folder where you started the check.`
    : `${needs} \`npm run desktop-check -- --steps\` prints its steps without one.`;
}

function defaultName(desktop: string): string {
  const [minute = ''] = new Date()
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .split(/\d\d\./);
  return `desktop-check-${desktop}-${minute}.md`;
}

function wordsFor(home: string): PrivateWords {
  return new PrivateWords({
    homedir: homedir(),
    username: userInfo().username,
    hostname: hostname(),
    home,
    root,
  });
}

/** Written to its end before this process exits: a pipe of Windows takes its time. */
function print(text: string): Promise<number> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve(0)));
}

function refuse(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}
