import { mkdtempSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDesktop } from '../../electron/desktop/tray-host.ts';
import { readyAddress, startProgram } from '../demo-programs.mjs';
import { CheckStage } from './check-stage.ts';
import { CheckedApp } from './checked-app.ts';
import { Checks } from './checks.ts';
import { cleanUp } from './clean-up.ts';
import { forgetLeftCheck, saveLeftCheck } from './left-check.ts';
import { loginItems } from './login-items.ts';
import type { PrivateWords } from './private-words.ts';
import { ReportFile } from './report-file.ts';
import { isFailed, summary, type Report } from './report.ts';
import type { Desktop, Install, Step } from './step.ts';
import { demo } from './steps.ts';
import type { CheckTerminal } from './terminal.ts';
import { walk } from './walk.ts';

export interface DesktopCheckParts {
  readonly root: string;
  readonly program: string;
  /** What the program is started with, before the check's own options. */
  readonly args: readonly string[];
  readonly install: Install;
  readonly desktop: Desktop;
  readonly steps: readonly Step[];
  readonly title: string;
  readonly facts: Report['facts'];
  readonly reportPath: string;
  /** Where npm was called. */
  readonly folder: string;
  readonly leftPath: string;
  readonly terminal: CheckTerminal;
  readonly wordsFor: (home: string) => PrivateWords;
}

/** The fact that the app ended though no step ended it. */
const endedByItself = 'ended by itself';
/** The fact that the app did not serve when a step needed it. */
const failedStart = 'slow or failed start';

/** Of the person's own set-up nothing may reach the app that is checked. */
const ownVariables = /^(?:TOKEN_TRAY_.*|ELECTRON_RUN_AS_NODE|NODE_OPTIONS)$/i;

/** One whole check: starts service and app, leads the person through the steps, and removes all of it. Its exit code. */
export async function runDesktopCheck(parts: DesktopCheckParts): Promise<number> {
  const { terminal, steps, leftPath, reportPath, facts, title, install } = parts;
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'token-tray-check-'));
  const words = parts.wordsFor(home);
  const stepIds = steps.map(({ id }) => id);
  const report = new ReportFile(
    reportPath,
    { title, facts, stepIds, results: [], output: [], end: null },
    words,
  );
  const { platform, env } = process;
  const login = await loginItems({ platform, env, homedir: homedir(), install, program: parts.program });
  const made: { app: CheckedApp | null; leaving: boolean; over: boolean } = {
    app: null,
    leaving: false,
    over: false,
  };

  const walkAll = async () => {
    const service = await startService(parts.root);
    // What begins now, nothing would end.
    if (made.over) return 'interrupted';
    const app = new CheckedApp({
      program: parts.program,
      args: [...parts.args, '--username', demo.username, '--port', '0'],
      env: appEnvironment(home, service),
      home,
    });
    made.app = app;
    const checks = new Checks({
      app,
      login,
      platform,
      askTrayHost: () => askDesktop(),
      askPaste: (wrong) => {
        if (wrong !== null) terminal.say(`The paste held ${wrong}. You have one more try.`);
        return terminal.askHidden(pasteQuestion(platform));
      },
      remember: (secret) => words.remember(secret),
    });
    const stage = new CheckStage({
      app,
      checks,
      service,
      person: terminal,
      showsIcons: () => (platform === 'linux' ? askDesktop() : Promise.resolve(true)),
      endedUnasked: (id) => report.addFact(endedByItself, `before the step ${id}`),
      startFailed: (id, why) => report.addFact(failedStart, `for the step ${id}: ${why}`),
      leaveRunning: async () => {
        made.leaving = true;
        await login.restore();
        report.write({ output: app.output });
        saveLeftCheck(leftPath, { home, reportPath, report: report.report, desktop: parts.desktop });
        terminal.say(
          'Shut the computer down now. If you do not want to, press Ctrl-C.\n' +
            `After the next start run \`npm run desktop-check -- --after-shutdown\` in ${parts.folder}.`,
        );
        return terminal.interrupted.then(() => 'The computer was not shut down.');
      },
    });
    return walk({
      steps,
      desktop: parts.desktop,
      person: terminal,
      stage,
      done: (result) => report.add(result),
    });
  };

  report.write();
  const ended = await Promise.race([
    walkAll().catch((error: unknown) => (error instanceof Error ? error.message : String(error))),
    terminal.interrupted,
  ]);
  made.over = true;
  // The system ends us: the home stays for `--after-shutdown`.
  if (made.leaving && ended === 'shutdown') return 0;
  forgetLeftCheck(leftPath);
  await cleanUp({ app: made.app, login, home, person: terminal });
  const ends: Readonly<Record<string, string>> = {
    through: '',
    quit: 'You ended it early.',
    ctrl_c: 'It was interrupted.',
    interrupted: 'It was interrupted.',
    shutdown: 'It was ended from outside.',
  };
  const end = ends[ended] ?? `It failed: ${words.hide(ended)}`;
  report.write({ output: made.app?.output ?? [], end: end === '' ? null : end });
  terminal.say(`\n${summary(report.report)} ${end}`);
  if (ended === 'through' || ended === 'quit') return hasFailed(report.report) ? 1 : 0;
  return ended === 'ctrl_c' || ended === 'interrupted' ? 130 : 1;
}

function hasFailed({ results, facts }: Report): boolean {
  return results.some(isFailed) || facts.some(([name]) => name === endedByItself || name === failedStart);
}

async function startService(root: string): Promise<string> {
  const args = [join(root, 'test/auth-service/main.ts'), '--port', '0'];
  return readyAddress(
    startProgram('The built-in auth service', process.execPath, args, { env: process.env }),
  );
}

function appEnvironment(home: string, service: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !ownVariables.test(name));
  return { ...Object.fromEntries(others), TOKEN_TRAY_HOME: home, TOKEN_TRAY_API: service };
}

function pasteQuestion(platform: NodeJS.Platform): string {
  const keys = platform === 'linux' ? ', in most terminals with Ctrl+Shift+V,' : '';
  return `Paste here${keys} and press Enter (nothing is shown): `;
}
