import { describe, expect, it } from 'vitest';
import { judge, type KnownFailure } from './verdict.ts';

const known = (test: string): KnownFailure => ({
  file: 'test/core/a.test.ts',
  test,
  reason: 'fault of Wine',
  because: 'it has no links',
});
const report = (tests: Readonly<Record<string, string>>) => ({
  testResults: [
    {
      name: 'Z:/clone/test/core/a.test.ts',
      assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })),
    },
  ],
});

describe('the verdict on a run under Wine', () => {
  it('counts a known failure as skipped, with its reason', () => {
    const verdict = judge(report({ one: 'passed', two: 'failed', three: 'skipped' }), [known('two')], true);
    expect(verdict).toMatchObject({ passed: 1, failed: 0, skipped: 2, good: true });
    expect(verdict.lines).toContain('Skipped, fault of Wine: two (it has no links)');
  });

  it('fails for a failure that is not known, and for one of the same name in another file', () => {
    expect(
      judge(report({ two: 'failed' }), [{ ...known('two'), file: 'test/core/b.test.ts' }], false),
    ).toMatchObject({
      failed: 1,
      lines: expect.arrayContaining(['Failed: test/core/a.test.ts: two']) as unknown,
    });
  });

  it('fails for a test that never ended, and for a file whose end failed beside a known failure', () => {
    expect(judge(report({ one: 'pending' }), [], true).failed).toBe(1);
    const [file] = report({ two: 'failed' }).testResults;
    const ended = {
      testResults: [
        {
          ...file,
          name: file?.name ?? '',
          assertionResults: file?.assertionResults ?? [],
          status: 'failed',
          message: 'Error: afterAll',
        },
      ],
    };
    expect(judge(ended, [known('two')], true).good).toBe(false);
  });

  it('fails where a known failure passes, or names no test', () => {
    expect(judge(report({ two: 'passed' }), [known('two')], true).good).toBe(false);
    expect(judge(report({ one: 'passed' }), [known('two')], true).good).toBe(false);
    expect(judge(report({ one: 'passed' }), [known('two')], false).good).toBe(true);
  });

  it('fails for a file that could not be run, unless it is known', () => {
    const broken = [{ name: 'Z:/clone/test/core/a.test.ts', status: 'failed', assertionResults: [] }];
    expect(judge({ testResults: broken }, [], true).good).toBe(false);
    const file: KnownFailure = { ...known(''), test: null };
    expect(judge({ testResults: broken }, [file], true).good).toBe(true);
    expect(judge(report({ one: 'passed' }), [file], true).good).toBe(false);
  });
});
