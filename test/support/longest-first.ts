import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longer than 20 s, the longest first. */
const longest = [
  'test/renderer/looks.test.ts',
  'test/e2e/tray-key-store.test.ts',
  'test/e2e/tray-story.test.ts',
  'test/e2e/tray-end.test.ts',
  'test/e2e/command-line.test.ts',
  'test/e2e/key-store.test.ts',
  'test/e2e/main-job.test.ts',
  'test/e2e/refused.test.ts',
];

/** Begins with the longest files: one that began last would run alone while the other workers have nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.replaceAll('\\', '/').endsWith(`/${name}`));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
