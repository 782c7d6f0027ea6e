import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackedAgent } from '../support/attacked-agent.ts';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { endpointPaths } from '../support/endpoint-paths.ts';
import { doorlessText, hostileScript, HostileSite } from '../support/hostile-site.ts';

const executable = browserExecutable();
const without = executable === null ? ' (needs Chromium)' : '';

/** A name that an attacker has rebound to this computer. */
const rebound = 'evil.test';

/** Ways that the browser itself shuts to a page of another origin, so that nothing is sent. */
const shutByTheBrowser = /^fetch (same-origin|navigate) /;

interface Learned {
  readonly way: string;
  readonly path: string;
  readonly text: string;
}

interface Attack {
  readonly base: string;
  readonly key: string;
  readonly bodies: Readonly<Record<string, string>>;
  readonly marked?: boolean;
}

/** Runs the hostile page's `tryAll` in a page that has its script. */
function tryAll(page: Page, attack: Attack): Promise<readonly Learned[]> {
  return page.evaluate(`tryAll(${JSON.stringify(attack)})`);
}

describe.skipIf(executable === null)(`a web page in a real browser, with a good key${without}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    const rules = `--host-resolver-rules=MAP ${rebound} 127.0.0.1`;
    // The doors of the endpoint are tried, not those that this Chromium has of its own for local addresses.
    const features = '--disable-features=LocalNetworkAccessChecks,IsolateOrigins,site-per-process';
    // A process for each frame of another site would take most of the time, and keeps no answer from arriving.
    const fewProcesses = '--disable-site-isolation-trials';
    browser = await chromium.launch(browserOptions(executable ?? '', rules, features, fewProcesses));
  });

  afterAll(() => browser.close());

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

  it('E07 E08 E10 E11 E12 from another port learns only “failed”, and nothing is done', async () => {
    await using scene = await AttackedAgent.start();
    const { agent, key, bodies } = scene;
    const before = await scene.traces();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${scene.site.port}/`);
    const learned = await tryAll(page, { base: agent.url, key, bodies });
    expect(learned.filter(({ text: told }) => told !== 'failed')).toEqual([]);
    expect(scene.refusals()).toEqual(new Set(['forbidden_origin']));
    expect(await scene.traces()).toEqual(before);
    await page.close();
  });

  it('E01 E09 E11 E12 on a rebound name, with a tool’s key, learns that it is refused, and nothing is done', async () => {
    await using scene = await AttackedAgent.start();
    const { agent, bodies } = scene;
    const key = await scene.toolKey();
    const before = await scene.traces();
    // The attacker's own document, from before the name was rebound, would have no content policy of ours.
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const base = agent.url.replace('127.0.0.1', rebound);
    await page.goto(`${base}/v1/token`);
    await page.addScriptTag({ content: hostileScript });
    const learned = await tryAll(page, { base, key, bodies });
    const answered = learned.filter(({ text: told }) => told !== 'failed');
    expect(new Set(answered.map(({ path }) => path))).toEqual(new Set(endpointPaths));
    for (const { text: told } of answered) expect(told).toMatch(/forbidden_(host|origin)/);
    scene.expectNoSecret(JSON.stringify(learned));
    expect(JSON.stringify(answered)).not.toContain(key);
    expect(scene.refusals()).toEqual(new Set(['forbidden_host', 'forbidden_origin']));
    expect(await scene.traces()).toEqual(before);
    await context.close();
  });

  it('E08 E11 that is each route’s own, opened by its address, shows nothing', async () => {
    await using scene = await AttackedAgent.start();
    const before = await scene.traces();
    const page = await browser.newPage();
    for (const path of endpointPaths) {
      const answer = await page.goto(scene.agent.url + path);
      expect([path, answer?.status()]).toEqual([path, 403]);
      scene.expectNoSecret(await page.content());
    }
    expect(await scene.traces()).toEqual(before);
    await page.close();
  });

  it('E08 would be let in, were it a local program that sends the same', async () => {
    await using scene = await AttackedAgent.start();
    const post = (path: string) => scene.post(path);
    expect(await scene.get('/v1/token')).toContain(scene.token);
    expect(await post('/v1/tools')).toContain('tt_');
    expect(await post('/v1/pause')).toContain('paused_until');
    expect(await post('/v1/resume')).toContain('null');
    expect(await post('/v1/token/renew')).not.toContain(scene.token);
    expect(scene.service.stats().refreshes).toBe(1);
  });
});
