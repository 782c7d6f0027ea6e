import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { doctorList, type DescribedFinding } from '../../electron/cli/doctor-list.ts';

const findings: readonly DescribedFinding[] = [
  { level: 'good', sentence: 'All is well.', remedy: null },
  { level: 'note', sentence: 'It does not run.', remedy: 'Start it.' },
  { level: 'wrong', sentence: 'The disk is full.', remedy: 'Free some space.' },
];

describe('the findings for a person', () => {
  it('are told apart by words, and without colours where there is no terminal', () => {
    expect(doctorList(findings, new PassThrough()).split('\n')).toEqual([
      '✓ good  All is well.',
      '! note  It does not run.',
      '        Start it.',
      '✗ mend  The disk is full.',
      '        Free some space.',
      '',
      'One thing needs mending.',
    ]);
  });

  it('end with how many need mending', () => {
    expect(doctorList(findings.slice(0, 2), new PassThrough())).toMatch(/\nNothing needs mending\.$/);
    expect(doctorList([...findings, ...findings], new PassThrough())).toMatch(/\n2 things need mending\.$/);
  });

  it('cannot tell the terminal what to do by the name of a program or file', () => {
    const named = `Port 1 is taken by \u001B[2J\u009B31m\r\n✓ good (process 1).`;
    const list = doctorList([{ level: 'wrong', sentence: named, remedy: 'End it.' }], new PassThrough());
    expect(list.split('\n')[0]).toBe('✗ mend  Port 1 is taken by �[2J�31m�✓ good (process 1).');
  });
});
