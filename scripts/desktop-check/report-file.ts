import { writeFileSync } from 'node:fs';
import type { PrivateWords } from './private-words.ts';
import { reportText, type Report } from './report.ts';
import type { StepResult } from './walk-parts.ts';

/** The report on the disk: written at once with each result, so that nothing is lost if the program ends. */
export class ReportFile {
  readonly path: string;
  readonly #words: PrivateWords;
  #report: Report;

  constructor(path: string, report: Report, words: PrivateWords) {
    this.path = path;
    this.#report = report;
    this.#words = words;
  }

  get report(): Report {
    return this.#report;
  }

  /** The latest result of a step counts. What a person typed is kept without what is private. */
  add(result: StepResult): void {
    const hidden = { ...result, note: this.#words.hide(result.note) };
    const others = this.#report.results.filter(({ id }) => id !== result.id);
    this.write({ results: [...others, hidden] });
  }

  addFact(name: string, value: string): void {
    this.write({ facts: [...this.#report.facts, [name, value]] });
  }

  write(change: Partial<Report> = {}): void {
    this.#report = { ...this.#report, ...change };
    writeFileSync(this.path, reportText(this.#report, this.#words));
  }
}

/** Where a report goes: the issues that package.json names, or else how to find the place. */
export function whereToReport(manifest: { readonly bugs?: unknown; readonly repository?: unknown }): string {
  const { bugs, repository } = manifest;
  const issues =
    urlIn(bugs) ??
    urlIn(repository)
      ?.replace(/^git\+/, '')
      .replace(/(\.git)?$/, '/issues');
  return issues === undefined
    ? 'Attach it to a new issue of the repository that you cloned (`git remote -v` names it).'
    : `Attach it to a new issue: ${issues}`;
}

function urlIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const url = typeof value === 'object' && value !== null && 'url' in value ? value.url : undefined;
  return typeof url === 'string' ? url : undefined;
}
