import type { Language } from '../../electron/contract/language.ts';
import type { OpenWindow } from './open-window.ts';
import { windowSize } from './open-window.ts';
import { scenes as basicScenes, type Scene } from './scenes.ts';
import { pageScenes } from './scenes-pages.ts';
import { settingsScenes } from './scenes-settings.ts';

/** Every view in every situation. */
export const allScenes: readonly Scene[] = [...basicScenes, ...pageScenes, ...settingsScenes];

/** The windows that show the status, untouched: a view is then told, which is quicker than opening it anew. */
const untouched = new WeakSet<OpenWindow>();

/** Plays a scene in English, from the window's opening to where it is looked at. */
export async function play(window: OpenWindow, scene: Scene): Promise<void> {
  const { page, bridge, show } = window;
  const { name, view, act } = scene;
  if (untouched.has(window)) await speak(window, scene, 'en');
  else await show(view);
  untouched.delete(window);
  await act?.(page, bridge);
  if (act === undefined && !name.startsWith('login')) untouched.add(window);
}

/** Changes the language as a person does, in the middle of what they do; what stands in the window stays there. */
export async function speak(
  { page, bridge }: OpenWindow,
  { view }: Scene,
  language: Language,
): Promise<void> {
  await bridge.tell(page, 'view', { ...view, language });
  await page.locator(`html[lang="${language}"]`).waitFor();
  // Vue has drawn it by the next frame but one.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** A picture of all that the window holds, as high as that needs; `rootFont`: the size of its text. */
export async function pictureOf(
  { page }: OpenWindow,
  theme: 'light' | 'dark',
  rootFont = '100%',
): Promise<Buffer> {
  await page.emulateMedia({ colorScheme: theme });
  // Whatever was pressed last is not to look as if it were about to be pressed.
  await page.mouse.move(1, 1);
  await page.evaluate((size) => (document.documentElement.style.fontSize = size), rootFont);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...windowSize, height: Math.max(height, windowSize.height) });
  const picture = await page.screenshot({ caret: 'hide' });
  await page.setViewportSize(windowSize);
  return picture;
}

/** A picture of the window as a person sees it; `scrolledTo`: the button at its upper edge. */
export async function windowPicture({ page }: OpenWindow, scrolledTo?: string): Promise<Buffer> {
  if (scrolledTo !== undefined) {
    await page.getByRole('button', { name: scrolledTo }).evaluate((button) => {
      button.scrollIntoView({ block: 'start' });
      window.scrollBy(0, -16);
    });
  }
  const picture = await page.screenshot({ caret: 'hide' });
  await page.evaluate(() => window.scrollTo(0, 0));
  return picture;
}
