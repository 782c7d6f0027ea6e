import { steps } from './steps.ts';
import { casesFor, stepsFor, wordsFor, type Desktop, type Step } from './step.ts';

const names: Readonly<Record<Desktop, string>> = {
  windows: 'Windows 11',
  macos: 'macOS',
  gnome: 'GNOME on Wayland',
  kde: 'KDE Plasma on Wayland',
};

/** The desktop's name for people. */
export function nameOf(desktop: Desktop): string {
  return names[desktop];
}

/** The steps of one desktop for the terminal: `--steps`. */
export function listText(shown: readonly Step[], desktop: Desktop): string {
  const blocks = shown.map(
    (step, index) =>
      `${index + 1}  ${step.id}\n   Do:   ${wordsFor(step.do, desktop)}\n   See:  ${wordsFor(step.see, desktop)}\n`,
  );
  return blocks.join('\n');
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
    `### ${nameOf(desktop)}`,
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
