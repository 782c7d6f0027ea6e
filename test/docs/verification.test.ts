import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/verification.md'), 'utf8');
const proofs = page.slice(page.indexOf('## What the stand-in does not prove'));
const rows = [...proofs.matchAll(/^\| .* \| (.*) \|$/gm)].map(([, where = '']) => where);

function jobsOf(file: string): readonly string[] {
  const workflow = load(readFileSync(join(root, '.github/workflows', file), 'utf8')) as { jobs: object };
  return Object.keys(workflow.jobs);
}

describe('where what is left is proven', () => {
  it('is a job that there is, or a person’s hands', () => {
    const wheres = rows.filter((where) => !['where', 'what it does', '---'].includes(where));
    expect(wheres.length).toBeGreaterThan(30);
    // The first table says what the jobs do, the others who proves a line.
    const proving = wheres.slice(8);
    expect(proving.filter((where) => !/job `[\w-]+`|\ba person\b|\bby hand\b/.test(where))).toEqual([]);
  });

  it('names no job that there is not', () => {
    for (const [, file = '', job = ''] of proofs.matchAll(/`(\w+\.yml)`, job `([\w-]+)`/g)) {
      expect(jobsOf(file), file).toContain(job);
    }
  });
});
