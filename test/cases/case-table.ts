/** Each case of `docs/cases.md`, with what is tried. */
export function listedCases(markdown: string): ReadonlyMap<string, string> {
  const lines = [...markdown.matchAll(/^\| ([A-Z]\d\d?) +\| ([^|]+) \|/gm)];
  return new Map(lines.map(([, id = '', tried = '']) => [id, tried.trim()]));
}

/** What is left to be shown elsewhere, and where: the last table of `docs/verification.md`. */
export function shownElsewhere(markdown: string): ReadonlyMap<string, string> {
  const table = markdown.slice(markdown.indexOf('## Cases'));
  const lines = [...table.matchAll(/^\| ((?:[A-Z]\d\d? +)+)\| ([^|]+) \| ([^|]+) \|$/gm)];
  return new Map(
    lines.flatMap(([, ids = '', left = '', where = '']) =>
      idsOf(ids).map((id) => [id, `${left.trim()} (${where.trim()})`] as const),
    ),
  );
}

/** The cases that a test file names: at the beginning of a test's or of a group's name. */
export function namedCases(source: string): ReadonlySet<string> {
  const names = [...source.matchAll(/(?:^|[\s([])['"`]((?:[A-Z]\d\d? )+)/g)];
  return new Set(names.flatMap(([, ids = '']) => idsOf(ids)));
}

/** A test of the last report. */
export interface ReportedTest {
  readonly fullName: string;
  readonly status: string;
}

/** What became of each case's tests, such as `3 passed, 1 not run here`. */
export function resultsOf(tests: readonly ReportedTest[]): ReadonlyMap<string, string> {
  const statuses = Map.groupBy(
    tests.flatMap(({ fullName, status }) =>
      [...new Set(fullName.match(/\b[A-Z]\d\d?\b/g))].map((id) => ({ id, status })),
    ),
    ({ id }) => id,
  );
  const words = { passed: 'passed', failed: 'failed', pending: 'not run here' } as const;
  return new Map(
    [...statuses].map(([id, its]) => {
      const counts = Object.entries(words).map(
        ([status, word]) => [its.filter((one) => one.status === status).length, word] as const,
      );
      return [
        id,
        counts
          .filter(([count]) => count > 0)
          .map((part) => part.join(' '))
          .join(', '),
      ];
    }),
  );
}

export interface Accounting {
  readonly listed: ReadonlyMap<string, string>;
  /** Test files with the cases that they name. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** What is wrong between list, tests and verification, a sentence each. */
export function gaps({ listed, named, elsewhere }: Accounting): string[] {
  const tested = new Set([...named.values()].flatMap((ids) => [...ids]));
  const nowhere = [...listed.keys()].filter((id) => !tested.has(id) && !elsewhere.has(id));
  const unknown = [...new Set([...tested, ...elsewhere.keys()])].filter((id) => !listed.has(id));
  return [
    ...nowhere.map((id) => `${id} has no test, and no line in docs/verification.md.`),
    ...unknown.map((id) => `${id} is not in docs/cases.md.`),
  ];
}

function idsOf(text: string): string[] {
  return text.trim().split(/ +/);
}
