import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { AttackedAgent } from '../support/attacked-agent.ts';
import {
  attackFromAnotherPort,
  attackingBrowser,
  attackOnReboundName,
} from '../support/attacking-browser.ts';
import { browserExecutable } from '../support/browser.ts';

const executable = browserExecutable();
const without = executable === null ? ' (needs Chromium)' : '';

describe.skipIf(executable === null)(`every way of a web page at every path${without}`, () => {
  let browser: Browser;
  let scene: AttackedAgent;

  beforeAll(async () => {
    [browser, scene] = await Promise.all([attackingBrowser(), AttackedAgent.start()]);
  });

  afterAll(async () => {
    await browser.close();
    await scene[Symbol.asyncDispose]();
  });

  it('E07 E08 E10 E11 E12 from another port learns only “failed”, and nothing is done', () =>
    attackFromAnotherPort(browser, scene, 1));

  it('E01 E09 E11 E12 on a rebound name, with a tool’s key, learns that it is refused, and nothing is done', () =>
    attackOnReboundName(browser, scene, 1));
});
