import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

const write = (text: string) =>
  `await electron.clipboard.write([new electron.ClipboardItem({ 'text/plain': '${text}', mark: 'secret' })]);`;
const read = 'return electron.clipboard.readText();';

describe.runIf(hasBrowser && process.platform === 'linux')('Wayland in the stand-in', () => {
  let app: LaunchedApp;
  const system = () => app.control('clipboard.read');
  const id = async () => (await app.control('windows.list'))[0]?.id ?? 0;
  beforeAll(async () => {
    app = await launchSample({}, { computer: { windowSystem: 'wayland' } });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('is told by the switch that Chromium has resolved, and has no places', async () => {
    expect(await inMain(app, "return electron.app.commandLine.getSwitchValue('ozone-platform')")).toBe(
      'wayland',
    );
    const places = await inMain(
      app,
      'window.setBounds({ x: 700, y: 300 }); return [window.getPosition(), electron.screen.getCursorScreenPoint()]',
    );
    expect(places).toEqual([[0, 0], { x: 0, y: 0 }]);
  });

  it('reads a write back that went nowhere, until a key or button was pressed in a window', async () => {
    await app.control('clipboard.write', 'a shopping list');
    expect(await inMain(app, `${write('a token')} ${read}`)).toBe('a token');
    expect(await system()).toEqual({ 'text/plain': 'a shopping list' });
  });

  it('takes a write from the focused window alone, and cancels any other a moment later', async () => {
    await inMain(
      app,
      "window.webContents.once('input-event', (_event, { type }) => (globalThis.pressed = type));",
    );
    await (await app.window()).mouse.click(10, 10);
    await expect.poll(() => inMain(app, 'return globalThis.pressed')).toBe('mouseDown');
    await inMain(app, write('from the window'));
    expect(await system()).toMatchObject({ 'text/plain': 'from the window', mark: 'secret' });
    await app.control('clipboard.write', 'a shopping list');
    expect(await inMain(app, read)).toBe('a shopping list');
    await app.control('windows.blur');
    expect(await inMain(app, `${write('from nowhere')} ${read}`)).toBe('from nowhere');
    expect(await inMain(app, read)).toBe('');
    expect(await system()).toEqual({ 'text/plain': 'a shopping list' });
  });

  it('has a desktop that keeps the text of a source that was cleared, until another takes its place', async () => {
    await app.control('windows.focus', await id());
    await inMain(app, `${write('kept')} electron.clipboard.clear();`);
    expect(await system()).toEqual({ 'text/plain': 'kept' });
    await inMain(app, "await electron.clipboard.writeText(''); electron.clipboard.clear();");
    expect(await system()).toEqual({ 'text/plain': '' });
  });

  it('tells nothing of a minimised window, which only mapping it again brings back', async () => {
    await app.control('windows.minimize', await id());
    const told = 'return [window.isMinimized(), window.isVisible(), window.isFocused()]';
    expect(await inMain(app, told)).toEqual([false, true, false]);
    await inMain(app, 'window.restore(); window.show(); window.focus();');
    expect(await app.control('windows.list')).toMatchObject([{ visible: false, minimized: true }]);
    await inMain(app, 'window.hide(); window.show();');
    expect(await app.control('windows.list')).toMatchObject([{ visible: true, focused: true }]);
  });

  it('ends an app that hides a window which Chromium takes for minimised, and shows it again', async () => {
    void inMain(app, 'window.minimize(); window.hide(); window.show();').catch(() => undefined);
    expect(await app.ended()).toBe(133);
    expect(app.output).toContain('Should not be called with kMinimized state');
  });
});
