import { expect, it, vi } from 'vitest';
import { Words } from '../../electron/desktop/words.ts';
import { TrayEnd } from '../../electron/tray-end.ts';

const { exit, relaunch } = vi.hoisted(() => ({ exit: vi.fn(), relaunch: vi.fn() }));
vi.mock('electron', () => ({ app: { exit, relaunch }, dialog: {} }));

it('T11 a restart whose save is still under way when the app is told to end does not start it again', async () => {
  const saving = Promise.withResolvers<undefined>();
  const hasUnsaved = vi.fn(() => false).mockReturnValueOnce(true);
  const end = new TrayEnd();
  end.guards({
    words: new Words(() => 'en'),
    person: { hasUnsaved, tryAgain: () => saving.promise },
    closeSurface: () => saving.promise,
    letWindowClose: () => undefined,
  });
  const restarted = end.restart();
  end.now();
  saving.resolve(undefined);
  await restarted;
  await vi.waitUntil(() => exit.mock.calls.length > 0);
  expect(relaunch).not.toHaveBeenCalled();
});
