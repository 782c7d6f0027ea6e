import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TextFile } from '../../electron/adapters/text-file.ts';
import { Secret } from '../../electron/core/secret.ts';
import { concealed } from '../../electron/desktop/clipboard-marks.ts';
import { hashedCopyMark } from '../../electron/desktop/copy-mark.ts';
import { TokenClipboard, type TokenClipboardParts } from '../../electron/desktop/token-clipboard.ts';
import { FakeClipboard } from '../support/fake-clipboard.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { encodings } from '../support/secret-encodings.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const text = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl';
const token = new Secret<'access token'>(text);

async function start(home?: string, changes: Partial<TokenClipboardParts> = {}) {
  const folder = home ?? (await temporaryHome());
  const clipboard = new FakeClipboard();
  const clock = new FakeClock();
  const changed = vi.fn();
  const tokens = new TokenClipboard({
    clipboard,
    platform: 'linux',
    wayland: false,
    hasFocus: () => true,
    clock,
    mark: hashedCopyMark(new TextFile(join(folder, 'copied')), folder),
    seconds: () => 60,
    changed,
    ...changes,
  });
  const copy = () => tokens.copy(token, clock.wallNow() + 32 * 60_000);
  return { home: folder, file: join(folder, 'copied'), clipboard, clock, changed, tokens, copy };
}

describe('a copied token', () => {
  it('is there, and what is shown says until when it works and stays', async () => {
    const { clipboard, clock, changed, tokens, copy } = await start();
    expect(await copy()).toBe('copied');
    expect(clipboard.text).toBe(text);
    expect(tokens.copied).toEqual({
      worksUntil: clock.wallNow() + 32 * 60_000,
      leavesAt: clock.wallNow() + 60_000,
    });
    expect(changed).toHaveBeenCalledOnce();
  });

  it('leaves when its time is over', async () => {
    const { clipboard, clock, tokens, copy } = await start();
    await copy();
    await clock.advance(59_000);
    expect(clipboard.text).toBe(text);
    await clock.advance(1_000);
    await vi.waitUntil(() => tokens.copied === null && clipboard.text === '');
    expect(clock.pendingAlarms).toBe(0);
  });

  it('C03 leaves at once on screen lock, sign-out and quit, and its mark with it', async () => {
    const { clipboard, file, tokens, copy } = await start();
    await copy();
    await tokens.clear();
    expect(clipboard.text).toBe('');
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await tokens.clear();
    expect(clipboard.cleared).toBe(1);
  });

  it('C03 leaves when it is to be taken off while it is still being put on', async () => {
    const { clipboard, tokens, copy } = await start();
    const copying = copy();
    await tokens.clear();
    expect(await copying).toBe('copied');
    expect(clipboard.text).toBe('');
    expect(tokens.copied).toBeNull();
  });

  it('C03 is not made any more once the program ends, though a token was waited for', async () => {
    const { clipboard, tokens, copy } = await start();
    await tokens.close();
    expect([await copy(), clipboard.text]).toEqual(['refused', '']);
  });

  it('C02 that gave way to something else is left alone with it', async () => {
    const { clipboard, clock, tokens, copy } = await start();
    await copy();
    clipboard.text = 'a shopping list';
    await clock.advance(60_000);
    await vi.waitUntil(() => tokens.copied === null);
    expect(clipboard).toMatchObject({ text: 'a shopping list', cleared: 0 });
  });

  it('copied again stays its whole time again', async () => {
    const { clipboard, clock, copy } = await start();
    await copy();
    await clock.advance(50_000);
    await copy();
    await clock.advance(50_000);
    expect(clipboard.text).toBe(text);
  });

  it.each(['ignored', 'refused'] as const)(
    'C04 is not said to be copied where the system %s it',
    async (takes) => {
      const { clipboard, clock, file, tokens, copy } = await start();
      clipboard.text = 'a shopping list';
      clipboard.takes = takes;
      expect(await copy()).toBe('refused');
      expect(tokens.copied).toBeNull();
      expect(clipboard.text).toBe('a shopping list');
      expect(clock.pendingAlarms).toBe(0);
      await expect(stat(file)).rejects.toThrow('ENOENT');
    },
  );
});

describe('a copy on Wayland', () => {
  const wayland = (focused: { now: boolean }, home?: string) =>
    start(home, { wayland: true, hasFocus: () => focused.now });

  it('T12 is not written without the keyboard, whatever is there stays, and there is no mark', async () => {
    const { clipboard, file, tokens, copy } = await wayland({ now: false });
    clipboard.text = 'a shopping list';
    expect(await copy()).toBe('no_focus');
    expect(tokens.copied).toBeNull();
    expect(clipboard).toMatchObject({ text: 'a shopping list', writes: [], reads: 0 });
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('T12 is written over and cleared with the keyboard; its mark goes', async () => {
    const { clipboard, file, tokens, copy } = await wayland({ now: true });
    await copy();
    await tokens.clear();
    expect(clipboard.writes.at(-1)).toEqual({ 'text/plain': '' });
    expect(clipboard).toMatchObject({ text: '', cleared: 1 });
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('T12 is cleared without the keyboard, and what the desktop kept of it goes when the window is used', async () => {
    const focused = { now: true };
    const { clipboard, file, tokens, copy } = await wayland(focused);
    await copy();
    focused.now = false;
    await tokens.clear();
    expect(clipboard.cleared).toBe(1);
    clipboard.text = text;
    expect((await stat(file)).isFile()).toBe(true);
    focused.now = true;
    await tokens.windowUsed();
    expect(clipboard).toMatchObject({ text: '', cleared: 2 });
    await expect(stat(file)).rejects.toThrow('ENOENT');
    const { reads } = clipboard;
    await tokens.windowUsed();
    expect(clipboard.reads).toBe(reads);
  });

  it('T12 C02 leaves what was copied since, however late it looks', async () => {
    const focused = { now: true };
    const { clipboard, tokens, copy } = await wayland(focused);
    await copy();
    focused.now = false;
    await tokens.clear();
    clipboard.text = 'a shopping list';
    focused.now = true;
    await tokens.windowUsed();
    expect(clipboard).toMatchObject({ text: 'a shopping list', cleared: 1 });
  });

  it('T12 C03 that a crash left waits for the window to be used', async () => {
    const crashed = await wayland({ now: true });
    await crashed.copy();
    const { clipboard, tokens } = await wayland({ now: true }, crashed.home);
    clipboard.text = text;
    await tokens.clearLeftover();
    expect(clipboard).toMatchObject({ text, reads: 0 });
    await tokens.windowUsed();
    expect(clipboard.text).toBe('');
  });

  it('T12 C03 that a crash left goes also when the next copy is refused', async () => {
    const crashed = await wayland({ now: true });
    await crashed.copy();
    const { clipboard, copy } = await wayland({ now: true }, crashed.home);
    clipboard.text = text;
    clipboard.takes = 'refused';
    expect(await copy()).toBe('refused');
    expect(clipboard.text).toBe('');
  });
});

describe('the clipboard is read for a reason alone', () => {
  it('T18 at a start where there is no mark, not at all', async () => {
    const { clipboard, tokens } = await start();
    await tokens.clearLeftover();
    expect(clipboard.reads).toBe(0);
  });

  it('T18 C02 on macOS never where something else was copied since, which asks the person there', async () => {
    const { clipboard, clock, tokens, copy } = await start(undefined, { platform: 'darwin' });
    await copy();
    expect(clipboard.reads).toBe(1);
    Object.assign(clipboard, { text: 'a shopping list', formats: ['text/plain'] });
    await clock.advance(60_000);
    await vi.waitUntil(() => tokens.copied === null);
    expect(clipboard).toMatchObject({ text: 'a shopping list', reads: 1, cleared: 0 });
  });

  it('T18 C03 on macOS where it is marked as ours is, and then it goes', async () => {
    const { clipboard, tokens, copy } = await start(undefined, { platform: 'darwin' });
    await copy();
    await tokens.clear();
    expect(clipboard).toMatchObject({ text: '', cleared: 1 });
  });
});

describe('a token that a crash left on the clipboard', () => {
  it('C03 is taken off at the next start', async () => {
    const crashed = await start();
    await crashed.copy();
    const next = await start(crashed.home);
    next.clipboard.text = text;
    await next.tokens.clearLeftover();
    expect(next.clipboard.text).toBe('');
    await expect(stat(next.file)).rejects.toThrow('ENOENT');
  });

  it.each(['', 'a shopping list', `${text} `])(
    'C02 does not cost a person what they copied since: %j',
    async (other) => {
      const crashed = await start();
      await crashed.copy();
      const next = await start(crashed.home);
      next.clipboard.text = other;
      await next.tokens.clearLeftover();
      expect(next.clipboard).toMatchObject({ text: other, cleared: 0 });
    },
  );

  it('C03 is recognised by a file (0600) that tells nothing of it', async () => {
    const { file, copy } = await start();
    await copy();
    const first = await readFile(file, 'utf8');
    for (const [, encode] of encodings) expect(first).not.toContain(encode(text));
    // Windows knows no modes: the folder's rights hold.
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await copy();
    expect(await readFile(file, 'utf8')).not.toBe(first);
  });

  it('C03 is not recognised by the file in another place', async () => {
    const { file, copy } = await start();
    await copy();
    expect(await hashedCopyMark(new TextFile(file), 'elsewhere').isOf(text)).toBe(false);
  });

  it.each(['', '1.a.b', '2.AAAAAAAAAAAAAAAAAAAAAA.x', 'garbage'])(
    'is none where the file holds %j',
    async (content) => {
      const { file, tokens, clipboard } = await start();
      await new TextFile(file).write(content);
      clipboard.text = text;
      await tokens.clearLeftover();
      expect(clipboard.text).toBe(text);
    },
  );
});

describe('the marks of a copied token', () => {
  const format = (name: string) => `electron application/osclipboard;format="${name}"`;

  async function marksOn(platform: NodeJS.Platform): Promise<Record<string, number[]>> {
    const { 'text/plain': plain, ...rest } = concealed(text, platform);
    expect(plain).toBe(text);
    const marks: Record<string, number[]> = {};
    for (const [name, value] of Object.entries(rest)) {
      marks[name] = value instanceof Blob ? [...new Uint8Array(await value.arrayBuffer())] : [];
    }
    return marks;
  }

  it('C01 go in one write with it', async () => {
    const { clipboard, copy } = await start();
    await copy();
    expect(clipboard.writes.map((parts) => Object.keys(parts))).toEqual([
      ['text/plain', format('x-kde-passwordManagerHint')],
    ]);
  });

  it('C01 keep it out of histories and clouds', async () => {
    expect(await marksOn('win32')).toEqual({
      [format('ExcludeClipboardContentFromMonitorProcessing')]: [0, 0, 0, 0],
      [format('CanIncludeInClipboardHistory')]: [0, 0, 0, 0],
      [format('CanUploadToCloudClipboard')]: [0, 0, 0, 0],
    });
    expect(await marksOn('darwin')).toEqual({
      [format('org.nspasteboard.ConcealedType')]: [...Buffer.from('true')],
      [format('org.nspasteboard.TransientType')]: [...Buffer.from('true')],
    });
    expect(await marksOn('linux')).toEqual({
      [format('x-kde-passwordManagerHint')]: [...Buffer.from('secret')],
    });
  });
});
