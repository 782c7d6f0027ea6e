import { chromium, type Browser, type Page } from 'playwright';
import { expect } from 'vitest';
import type { AttackedAgent } from './attacked-agent.ts';
import { browserExecutable, browserOptions } from './browser.ts';
import { endpointPaths } from './endpoint-paths.ts';
import { hostileScript } from './hostile-site.ts';

/** A name that an attacker has rebound to this computer. */
const rebound = 'evil.test';

/** What a connection is refused with that Chromium opens ahead and then leaves silent for the server's 1.5 s. */
const silent: ReadonlySet<string> = new Set(['unreadable_request']);

export interface Learned {
  readonly way: string;
  readonly path: string;
  readonly text: string;
}

interface Attack {
  readonly base: string;
  readonly key: string;
  readonly bodies: Readonly<Record<string, string>>;
  readonly marked?: boolean;
  /** At one of how many paths each way without a key is tried; those with the key are tried at each. */
  readonly keylessAt?: number;
}

/** A Chromium in which nothing but the endpoint itself stands between a page and the endpoint. */
export function attackingBrowser(): Promise<Browser> {
  const rules = `--host-resolver-rules=MAP ${rebound} 127.0.0.1`;
  // The doors of the endpoint are tried, not those that this Chromium has of its own for local addresses.
  const features = '--disable-features=LocalNetworkAccessChecks,IsolateOrigins,site-per-process';
  // A process for each frame of another site would take most of the time, and keeps no answer from arriving.
  const fewProcesses = '--disable-site-isolation-trials';
  return chromium.launch(browserOptions(browserExecutable() ?? '', rules, features, fewProcesses));
}

/** Runs the hostile page's `tryAll` in a page that has its script. */
export function tryAll(page: Page, attack: Attack): Promise<readonly Learned[]> {
  return page.evaluate(`tryAll(${JSON.stringify(attack)})`);
}

/** A page on another port tries all paths with the owner's key: it learns nothing, and nothing is done. */
export async function attackFromAnotherPort(browser: Browser, scene: AttackedAgent, keylessAt: number) {
  const { agent, key, bodies } = scene;
  const before = await scene.traces();
  const attack = async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${scene.site.port}/`);
    return { page, learned: await tryAll(page, { base: agent.url, key, bodies, keylessAt }) };
  };
  // Chromium's process of a page with so many frames and workers crashes now and then. What it did until then counts too.
  const { page, learned } = await attack().catch((error: unknown) => {
    if (!String(error).includes('Target crashed')) throw error;
    return attack();
  });
  expect(learned.filter(({ text: told }) => told !== 'failed')).toEqual([]);
  expect(scene.refusals().difference(silent)).toEqual(new Set(['forbidden_origin']));
  expect(await scene.traces()).toEqual(before);
  await page.close();
}

/** A page on a rebound name tries all paths with a tool's key: it learns that it is refused, and nothing is done. */
export async function attackOnReboundName(browser: Browser, scene: AttackedAgent, keylessAt: number) {
  const { agent, bodies } = scene;
  const key = await scene.toolKey();
  const before = await scene.traces();
  // The attacker's own document, from before the name was rebound, would have no content policy of ours.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const base = agent.url.replace('127.0.0.1', rebound);
  await page.goto(`${base}/v1/token`);
  await page.addScriptTag({ content: hostileScript });
  const learned = await tryAll(page, { base, key, bodies, keylessAt });
  const answered = learned.filter(({ text: told }) => told !== 'failed');
  expect(new Set(answered.map(({ path }) => path))).toEqual(new Set(endpointPaths));
  for (const { text: told } of answered) expect(told).toMatch(/forbidden_(host|origin)/);
  scene.expectNoSecret(JSON.stringify(learned));
  expect(JSON.stringify(answered)).not.toContain(key);
  expect(scene.refusals().difference(silent)).toEqual(new Set(['forbidden_host', 'forbidden_origin']));
  expect(await scene.traces()).toEqual(before);
  await context.close();
}
