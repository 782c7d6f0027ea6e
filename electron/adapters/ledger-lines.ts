import { z } from 'zod';
import type {
  LedgerEntry,
  LedgerHistory,
  LedgerIntent,
  LedgerOutcome,
  RequestSum,
  SignOutLine,
} from '../core/ledger.ts';

/** RFC 3339 in the file, epoch milliseconds in the program. */
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/*
 * What a later version may have added must not make a request to the service forgotten: unknown fields are left
 * out, and an unknown word is read as the one that costs most.
 */
const intentLine = z.object({
  id: z.string(),
  at: time,
  account: z.string(),
  service: z.string(),
  username: z.string(),
  request: z.enum(['login', 'refresh']).catch('refresh'),
  protection: z.enum(['safe-storage', 'keyring', 'passphrase', 'memory']).catch('memory'),
  generation: z.int().nonnegative(),
  cause: z.enum(['sign_in', 'tool', 'timer', 'rejected', 'person']).catch('person'),
  tool: z.string().nullable().catch(null),
  beyondBudget: z.boolean().default(false).catch(true),
});

const lost: LedgerOutcome = { kind: 'lost' };

const outcomeLine = z.object({
  id: z.string(),
  at: time,
  result: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('issued'), lifetimeMs: z.number().positive() }),
      z.object({ kind: z.literal('refused'), reason: z.enum(['wrong_credentials', 'expired', 'suspended']) }),
      z.object({ kind: z.literal('too_many'), retryAfterMs: z.number().nonnegative() }),
      z.object({ kind: z.literal('unsent') }),
      z.object({ kind: z.literal('lost') }),
    ])
    .catch(lost),
});

const signOutLine = z.object({ at: time, account: z.string(), service: z.string(), username: z.string() });

const requestsLine = z.object({
  at: time,
  tool: z.string().nullable(),
  account: z.string(),
  count: z.int().positive(),
  lastAt: time,
});

/** A line of any kind, also one that only a later version knows. */
const anyLine = z.looseObject({ kind: z.string(), at: time.optional().catch(undefined) });

/** A line of the ledger as it stands there, and when it was written; null: it does not say. */
export interface LedgerLine {
  readonly text: string;
  readonly kind: string;
  readonly at: number | null;
  readonly json: unknown;
}

export function intentText({ at, ...intent }: LedgerIntent): string {
  return lineText({ kind: 'intent', at: rfc3339(at), ...intent });
}

export function outcomeText(id: string, at: number, result: LedgerOutcome): string {
  return lineText({ kind: 'outcome', at: rfc3339(at), id, result });
}

export function signOutText({ at, account, service, username }: SignOutLine): string {
  return lineText({ kind: 'sign_out', at: rfc3339(at), account, service, username });
}

export function requestsText({ hour, tool, account, count, lastAt }: RequestSum): string {
  return lineText({ kind: 'requests', at: rfc3339(hour), tool, account, count, lastAt: rfc3339(lastAt) });
}

/** Splits a ledger into its lines. A torn one (the program died while it wrote) is left out. */
export function readLines(content: string): readonly LedgerLine[] {
  return content.split('\n').flatMap((text) => {
    const json = parseJson(text);
    const { data: line } = anyLine.safeParse(json);
    return line ? { text, kind: line.kind, at: line.at ?? null, json } : [];
  });
}

/**
 * How many lines of a ledger are damaged. A line that a dying program did not finish is not: it breaks off, and what it
 * would have said is counted as the most it could have cost.
 */
export function damagedLines(content: string): number {
  const begins = '{"kind":"';
  const isTorn = (text: string) =>
    (text.startsWith(begins) || begins.startsWith(text)) && !text.endsWith('}') && !/\p{Cc}/u.test(text);
  return content.split('\n').filter((text) => parseJson(text) === undefined && !isTorn(text)).length;
}

/** What the lines say, each kind in the order of writing; a line of no known kind is left out. */
export function historyOf(lines: readonly LedgerLine[]): LedgerHistory {
  const read = <Line>(wanted: string, schema: z.ZodType<Line>) =>
    lines.flatMap(({ kind, json }) => {
      const { data } = schema.safeParse(kind === wanted ? json : undefined);
      return data === undefined ? [] : [data];
    });
  return {
    entries: entriesOf(lines),
    signOuts: read('sign_out', signOutLine),
    requests: read('requests', requestsLine).map(({ at: hour, ...sum }) => ({ hour, ...sum })),
  };
}

/** Puts intents and outcomes together, in the order of the intents. */
function entriesOf(lines: readonly LedgerLine[]): readonly LedgerEntry[] {
  const outcomes = new Map<string, LedgerEntry['outcome']>();
  for (const { kind, json } of lines) {
    const { data: outcome } = outcomeLine.safeParse(kind === 'outcome' ? json : undefined);
    if (outcome) outcomes.set(outcome.id, { at: outcome.at, result: outcome.result });
  }
  return lines.flatMap(({ kind, json }) => {
    const { data: intent } = intentLine.safeParse(kind === 'intent' ? json : undefined);
    return intent ? { intent, outcome: outcomes.get(intent.id) ?? null } : [];
  });
}

function lineText(line: object): string {
  return `${JSON.stringify(line)}\n`;
}

function rfc3339(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
