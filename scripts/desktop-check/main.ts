// `npm run desktop-check`: leads a person through what only a real desktop can show of the tray app, looks at what a
// program can look at, and writes a report without secrets. docs/verification.md has the same steps.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { askDesktop } from '../../electron/desktop/tray-host.ts';
import { findElectron } from '../electron-binary.mjs';
import { whenOrphaned } from '../orphaned.mjs';
import { endAfterShutdown } from './after-shutdown.ts';
import { programOf } from './checked-app.ts';
import { runDesktopCheck } from './desktop-check.ts';
import { desktopOf, sessionOf } from './desktop.ts';
import { readLeftCheck } from './left-check.ts';
import { machineFacts } from './machine.ts';
import { readOptions, usage, type Options } from './options.ts';
import { PrivateWords } from './private-words.ts';
import { whereToReport } from './report-file.ts';
import { listText, nameOf } from './script-text.ts';
import { stepsFor } from './step.ts';
import { steps } from './steps.ts';
import { CheckTerminal } from './terminal.ts';

const root = join(import.meta.dirname, '../..');
/** Where npm was called; reports go there. */
const folder = process.env['INIT_CWD'] ?? process.cwd();
const leftPath = join(folder, 'desktop-check-left.json');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly bugs?: unknown;
  readonly repository?: unknown;
};
const options = readOptions(process.argv.slice(2));
// What was started has its own end; an open terminal would keep this process.
process.exit('error' in options ? refuse(options.error, 2) : await main(options));

async function main(chosen: Options): Promise<number> {
  const system = { platform: process.platform, env: process.env };
  const found = desktopOf(system);
  const desktop = chosen.desktop ?? found ?? 'kde';
  const session = sessionOf(system);
  const install = chosen.app === null ? 'checkout' : 'package';
  const walked = stepsFor(steps, { desktop, session, install });
  if (chosen.help) return print(usage);
  if (chosen.steps) return print(listText(walked, desktop));
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return refuse(
      '`npm run desktop-check` needs a terminal; `npm run desktop-check -- --steps` prints the steps.',
      1,
    );
  }
  const terminal = new CheckTerminal();
  whenOrphaned(terminal.orphaned);
  if (chosen.afterShutdown) {
    return endAfterShutdown({ person: terminal, leftPath, wordsFor, next: whereToReport(manifest) });
  }
  if (readLeftCheck(leftPath) !== null) {
    return refuse('A check waits for its end. Run `npm run desktop-check -- --after-shutdown` first.', 1);
  }
  const program = findProgram(chosen.app);
  if (typeof program !== 'string') return refuse(program.reason, 1);
  const facts = await machineFacts(system, process.platform === 'linux' ? await askDesktop() : null);
  const reportPath = resolvePath(folder, chosen.report ?? defaultName(desktop));
  terminal.say(
    `${nameOf(desktop)}: ${walked.length} steps, about ten minutes. Each says what to do and what must be seen.\n` +
      (found === null && chosen.desktop === null
        ? 'This desktop has no steps of its own. Skip what does not apply, or choose others with --desktop.\n'
        : '') +
      'Token Tray runs in a temporary home, signed in to a built-in service. All of it is removed at the end.\n' +
      'If a Token Tray of your own runs, quit it first. Ctrl-C ends the check at any time.\n' +
      `The report: ${reportPath}`,
  );
  if ((await terminal.ask('Press Enter to begin: ')) === null) return 130;
  const code = await runDesktopCheck({
    root,
    program,
    args: chosen.app === null ? [root] : [],
    install,
    desktop,
    steps: walked,
    title: `${nameOf(desktop).replace(' on Wayland', '')} (${session})`,
    facts: [...appFacts(chosen.app), ...facts, ['started', new Date().toISOString()]],
    reportPath,
    leftPath,
    terminal,
    wordsFor,
  });
  terminal.say(
    `The report: ${reportPath}\nIt holds no secrets and no names; read it all the same. ${whereToReport(manifest)}`,
  );
  return code;
}

function findProgram(app: string | null): string | { readonly reason: string } {
  if (app !== null) {
    const program = programOf(resolvePath(folder, app));
    return existsSync(program) ? program : { reason: `There is no program at ${program}.` };
  }
  const electron = findElectron();
  if (electron.path !== undefined) return electron.path;
  return {
    reason:
      `${electron.reason} The check needs a desktop and Electron, which comes from GitHub or from the mirror that ` +
      'ELECTRON_MIRROR names. An installed app is checked by `npm run desktop-check -- --app PATH`.',
  };
}

function appFacts(app: string | null): [string, string][] {
  if (app !== null)
    return [
      ['Token Tray', 'installed'],
      ['checkout', `${manifest.version}, ${commit()}`],
    ];
  const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    readonly version: string;
  };
  return [
    ['Token Tray', `${manifest.version}, checkout of ${commit()}`],
    ['Electron', electron.version],
  ];
}

function commit(): string {
  try {
    const args = ['-C', root, 'rev-parse', '--short', 'HEAD'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'an unknown commit';
  }
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
