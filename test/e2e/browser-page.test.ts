import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackedAgent } from '../support/attacked-agent.ts';
import {
  attackFromAnotherPort,
  attackingBrowser,
  attackOnReboundName,
  tryAll,
} from '../support/attacking-browser.ts';
import { browserExecutable } from '../support/browser.ts';
import { endpointPaths } from '../support/endpoint-paths.ts';
import { doorlessText, HostileSite } from '../support/hostile-site.ts';

const executable = browserExecutable();
const without = executable === null ? ' (needs Chromium)' : '';

/** Ways that the browser itself shuts to a page of another origin, so that nothing is sent. */
const shutByTheBrowser = /^fetch (same-origin|navigate) /;

describe.skipIf(executable === null)(`a web page in a real browser, with a good key${without}`, () => {
  let browser: Browser;
  // One for all, in the order of the tests: what a page does leaves a trace there.
  let scene: AttackedAgent;

  beforeAll(async () => {
    [browser, scene] = await Promise.all([attackingBrowser(), AttackedAgent.start()]);
  });

  afterAll(async () => {
    await browser.close();
    await scene[Symbol.asyncDispose]();
  });

  it('E11 learns by every way from an address without doors, so these attacks are real', async () => {
    await using site = await HostileSite.start();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${site.port}/`);
    const base = `http://localhost:${site.port}`;
    const learned = await tryAll(page, { base, key: 'a-key', bodies: { '/x': '{}' }, marked: true });
    const sent = learned.map(({ way }) => way).filter((way) => !shutByTheBrowser.test(way));
    expect([...site.ways].sort()).toEqual(sent.sort());
    const readable = learned.filter((each) => each.text.includes(doorlessText)).map(({ way }) => way);
    const most = ['xhr get with key', 'fetch cors GET with key', 'worker with key'];
    expect(readable).toEqual(expect.arrayContaining(most));
    await page.close();
  });

  // `browser-page.long.ts` tries every way at every path.
  it('E07 E08 E10 E11 E12 from another port learns only “failed”, and nothing is done', () =>
    attackFromAnotherPort(browser, scene, 3));

  it('E01 E09 E11 E12 on a rebound name, with a tool’s key, learns that it is refused, and nothing is done', () =>
    attackOnReboundName(browser, scene, 3));

  it('E08 E11 that is each route’s own, opened by its address, shows nothing', async () => {
    const before = await scene.traces();
    const page = await browser.newPage();
    for (const path of endpointPaths) {
      const answer = await page.goto(scene.agent.url + path, { waitUntil: 'commit' });
      expect([path, answer?.status()]).toEqual([path, 403]);
      scene.expectNoSecret((await answer?.text()) ?? '');
    }
    expect(await scene.traces()).toEqual(before);
    await page.close();
  });

  it('E08 would be let in, were it a local program that sends the same', async () => {
    const post = (path: string) => scene.post(path);
    expect(await scene.get('/v1/token')).toContain(scene.token);
    expect(await post('/v1/tools')).toContain('tt_');
    expect(await post('/v1/pause')).toContain('paused_until');
    expect(await post('/v1/resume')).toContain('null');
    expect(await post('/v1/token/renew')).not.toContain(scene.token);
    expect(scene.service.stats().refreshes).toBe(1);
  });
});
