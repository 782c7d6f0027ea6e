/** vitest's report, as far as it is read. */
export interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status?: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** A test that does not pass under Wine, through no fault of ours. */
export interface KnownFailure {
  /** Its file, from the root, with forward slashes. */
  readonly file: string;
  /** Its full name: the groups and the test, with blanks between them; null: the file cannot be set up. */
  readonly test: string | null;
  readonly reason: 'fault of Wine' | 'needs a real machine';
  /** What is missing, or what Wine does instead. */
  readonly because: string;
}

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
  /** Known failures, and what the tests skip by themselves on Windows. */
  readonly skipped: number;
  /** False if an entry of the list is not true any more, or a file could not be run. */
  readonly good: boolean;
  readonly lines: readonly string[];
}

/**
 * What a run means. A known failure is run all the same, so that an entry whose test passes after all is found, as is one
 * that names no test. `whole`: all files were run.
 */
export function judge(report: Report, known: readonly KnownFailure[], whole: boolean): Verdict {
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ file: pathOf(name), test: fullName, status })),
  );
  const isNamed = (test: { file: string; test: string }) => (entry: KnownFailure) =>
    entry.file === test.file && entry.test === test.test;
  // `pending`: begun, and never ended.
  const failing = tests.filter(({ status }) => status === 'failed' || status === 'pending');
  const failed = failing.filter((test) => !known.some(isNamed(test)));
  const skippedByItself = tests.filter(({ status }) => status === 'skipped');
  const broken = report.testResults
    .filter(
      ({ status, message, assertionResults }) =>
        status === 'failed' &&
        (Boolean(message) || !assertionResults.some((test) => test.status === 'failed')),
    )
    .map(({ name, message }) => ({ file: pathOf(name), message: message ?? '' }));
  const isBroken = ({ file }: { file: string }) => broken.some((one) => one.file === file);
  const found = known.map((entry) => ({
    entry,
    runs:
      entry.test === null
        ? report.testResults
            .filter(({ name }) => pathOf(name) === entry.file)
            .map(() => ({ status: isBroken(entry) ? 'failed' : 'passed' }))
        : tests.filter((test) => isNamed(test)(entry)),
  }));
  const passing = found.filter(({ runs }) => runs.some(({ status }) => status === 'passed'));
  const gone = whole ? found.filter(({ runs }) => runs.length === 0) : [];
  const unknownBroken = broken.filter(
    ({ file }) => !known.some((entry) => entry.test === null && entry.file === file),
  );
  const counted = Map.groupBy(
    found.filter(({ runs }) => runs.some(({ status }) => status === 'failed')),
    ({ entry }) => entry.reason,
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failed.length,
    skipped: failing.length - failed.length + skippedByItself.length,
    good: passing.length + gone.length + unknownBroken.length === 0,
    lines: [
      ...failed.map(({ file, test }) => `Failed: ${file}: ${test}`),
      ...unknownBroken.map(({ file, message }) => `Could not be run: ${file}: ${message}`),
      ...passing.map(({ entry }) => `Passes, and is in the list of known failures: ${nameOf(entry)}`),
      ...gone.map(({ entry }) => `Is in the list of known failures, and names no test: ${nameOf(entry)}`),
      ...[...counted].flatMap(([reason, entries]) => [
        ...entries.map(({ entry }) => `Skipped, ${reason}: ${nameOf(entry)} (${entry.because})`),
        `Skipped, ${reason}: ${entries.length}`,
      ]),
      `Skipped by the tests themselves on Windows: ${skippedByItself.length}`,
    ],
  };
}

function nameOf({ file, test }: KnownFailure): string {
  return test ?? file;
}

/** Windows gives `Z:/clone/test/…`. */
function pathOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^.*?\/(?=test\/)/, '');
}
