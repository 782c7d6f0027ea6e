import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';
import { allScenes, play } from './scene-play.ts';

const opened = useBrowserWindow({ clock: 'dated', reducedMotion: 'reduce' });

const sceneNamed = (name: string) => {
  const scene = allScenes.find((one) => one.name === name);
  if (!scene) throw new Error(`There is no scene ${name}.`);
  return scene;
};

/** Presses Tab until the page itself has the focus: the next one leads to its first control. */
async function toTheEnd(page: Page): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return;
  }
}

/** Goes through everything that Tab reaches; what shows no focus, one line each. */
async function focusFaults(page: Page): Promise<{ readonly stops: number; readonly unseen: string[] }> {
  const unseen: string[] = [];
  const seen = new Set<string>();
  await toTheEnd(page);
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // The password's field has its ring around the box that it stands in.
      const ringed = [element, element.closest('.box')].some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      const all = [...document.querySelectorAll('*')];
      return { id: String(all.indexOf(element)), ringed, text: element.outerHTML.slice(0, 80) };
    });
    if (stop === null || seen.has(stop.id)) return { stops, unseen };
    seen.add(stop.id);
    if (!stop.ringed) unseen.push(stop.text);
  }
  throw new Error('There is no end to what Tab reaches.');
}

describe.skipIf(!hasBrowser)('for everyone', () => {
  afterEach(async () => {
    await opened.window.page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
  });

  it.each(['login-service', 'face-not-saved', 'tools-accounts', 'connect-text', 'activity', 'settings'])(
    'the focus is seen wherever Tab leads: %s',
    async (name) => {
      await play(opened.window, sceneNamed(name));
      const { stops, unseen } = await focusFaults(opened.window.page);
      expect(unseen).toEqual([]);
      expect(stops).toBeGreaterThan(3);
    },
  );

  it('nothing moves for those who asked for that, and the busy line still says that something goes on', async () => {
    for (const name of ['face-renewing', 'login-running', 'status-getting']) {
      await play(opened.window, sceneNamed(name));
      const moving = await opened.window.page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      );
      expect(moving, name).toBe(0);
    }
    await opened.window.page.getByRole('progressbar').waitFor();
  });

  it('in forced colours the view that is shown, and a switch that is on, differ by more than a colour of ours', async () => {
    const { page } = opened.window;
    await play(opened.window, sceneNamed('settings'));
    await page.emulateMedia({ forcedColors: 'active' });
    const underlined = await page
      .getByRole('navigation')
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).textDecorationLine));
    expect(underlined).toEqual(['none', 'none', 'none', 'underline']);
    const looks = await page
      .getByRole('switch')
      .evaluateAll((switches) => switches.map((one) => getComputedStyle(one).appearance));
    // The system's own boxes, with their tick.
    expect(new Set(looks)).toEqual(new Set(['auto']));
  });

  it('a change is said once: what is told again is not said again', async () => {
    const { page, bridge } = opened.window;
    const scene = sceneNamed('face-active');
    await play(opened.window, scene);
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      for (const region of document.querySelectorAll('[role=status], [role=alert]')) {
        new MutationObserver(() => said.push(region.textContent)).observe(region, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      }
    });
    for (let times = 0; times < 5; times += 1) await bridge.tell(page, 'view', { ...scene.view });
    expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toEqual([]);
  });
});
