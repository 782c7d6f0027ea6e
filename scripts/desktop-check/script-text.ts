import type { Target } from './desktop.ts';
import { steps } from './steps.ts';
import {
  casesFor,
  isLinux,
  stepsFor,
  thenWords,
  wordsFor,
  type Desktop,
  type Session,
  type Step,
} from './step.ts';

const names: Readonly<Record<Desktop, string>> = {
  windows: 'Windows 11',
  macos: 'macOS',
  gnome: 'GNOME',
  kde: 'KDE Plasma',
};

/** The desktop's name for people, on Linux with its session. */
export function nameOf({ desktop, session }: Pick<Target, 'desktop' | 'session'>): string {
  const on: Readonly<Record<Session, string>> = { wayland: ' on Wayland', x11: ' on X11' };
  return `${names[desktop]}${isLinux(desktop) ? on[session] : ''}`;
}

/** The steps of one desktop for the terminal: `--steps`. */
export function listText(shown: readonly Step[], target: Target): string {
  const { desktop, remarks } = target;
  const head = [`The steps for ${nameOf(target)}.`, ...remarks].join('\n');
  const blocks = shown.map(
    (step, index) =>
      `${index + 1}  ${step.id}\n   Do:   ${wordsFor(step.do, desktop)}\n   See:  ${wordsFor(step.see, desktop)}\n${thenLine(step)}`,
  );
  return [`${head}\n`, ...blocks].join('\n');
}

function thenLine(step: Step): string {
  const then = thenWords(step);
  return then === null ? '' : `   Then: ${then}\n`;
}

/** The script of one desktop as a part of docs/verification.md: every step, from a checkout and installed. */
function pageText(desktop: Desktop): string {
  const rows = stepsFor(steps, { desktop, session: 'wayland', install: null }).map((step) => {
    const install =
      step.install === undefined ? '' : ` (${step.install === 'checkout' ? 'checkout' : 'installed'})`;
    const cases = casesFor(step, desktop).join(' ');
    return `| ${step.id}${install} | ${wordsFor(step.do, desktop)} | ${wordsFor(step.see, desktop)} | ${cases} |`;
  });
  return [
    `### ${nameOf({ desktop, session: 'wayland' })}`,
    '',
    '| step | do | must be seen | case |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const begin = '<!-- The scripts below are written by `node scripts/desktop-check/write-page.ts`. -->';
const end = '<!-- The end of the scripts. -->';

/** docs/verification.md with the scripts as the steps are now. */
export function pageWith(page: string, desktops: readonly Desktop[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error('docs/verification.md has no place for the scripts.');
  const scripts = desktops.map((desktop) => pageText(desktop)).join('\n\n');
  return `${page.slice(0, from + begin.length)}\n\n${scripts}\n\n${page.slice(to)}`;
}
