import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestChannels } from '../../electron/contract/bridge.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { AttackedApp, password, username } from '../support/attacked-app.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { appFolders } from '../support/launch-app.ts';
import { encodings } from '../support/secret-encodings.ts';

/** Made by hand, so that each of them is known; in the form of the service's own. */
const first = { access: 'an-access-token-we-know-by-heart', refresh: 'a-refresh-token-we-know-by-heart' };

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

function expectWithout(bytes: Buffer, secrets: readonly string[], where: string): void {
  for (const secret of secrets) {
    for (const [how, encode] of encodings) {
      const written = encode(secret).replace(/=+$/, '');
      expect(bytes.includes(written), `a secret ${how} in ${where}`).toBe(false);
      expect(bytes.includes(Buffer.from(written, 'utf16le')), `a secret ${how}, UTF-16, in ${where}`).toBe(
        false,
      );
    }
  }
}

/** All files of the test's folders: the home with Chromium's part of it, and what the system keeps. */
function expectNothingLeft(root: string, secrets: readonly string[], key: string): void {
  for (const path of filesOf(root)) {
    const mayHoldKey = /(endpoint\.json|curlrc)$/.test(path);
    expectWithout(readFileSync(path), mayHoldKey ? secrets : [...secrets, key], path);
  }
}

async function heapOf(page: Awaited<ReturnType<AttackedApp['page']>>): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

describe.runIf(hasBrowser)('a whole run of the tray app, with every kind of trouble', () => {
  it('V18 L01 R11 R12 V14 C03 I07 leaves no secret anywhere, survives its page and its own death, and takes its copy back', async () => {
    await using folders = await appFolders();
    const secrets = [password, 'another secret word', first.access, first.refresh];
    let lost: AttackedApp;
    {
      await using attacked = (lost = await AttackedApp.start({
        folders,
        serviceIs: { accessLifetime: 2_700 },
      }));
      const { app, authService } = attacked;
      // Each of these has something secret at hand while it fails.
      authService.fault({ path: loginPath, times: 1, status: 500, body: `broken: ${password}` });
      authService.fault({ path: loginPath, times: 1, body: `<html>${first.access}` });
      const page = await attacked.fillIn();
      await page.getByRole('alert').getByRole('paragraph').first().waitFor();
      await attacked.fillIn();
      await expect.poll(() => authService.received(loginPath)).toBe(2);
      await attacked.fillIn({ password: 'another secret word' });
      await expect.poll(() => authService.stats().rejectedLogins).toBe(1);
      authService.fault({ path: loginPath, times: 1, body: first });
      await attacked.signIn();
      expect(await attacked.token()).toBe(first.access);

      // R11: what the page's memory holds, once it has signed in, shown all there is and copied.
      await attacked.ask(requestChannels.copyToken, []);
      await page.getByText('Copied', { exact: false }).first().waitFor();
      const heap = await heapOf(page);
      // So that it can be found at all.
      expect(heap).toContain(username);
      for (const secret of [first.access, first.refresh]) expect(heap.includes(secret)).toBe(false);
      expect(heap.includes(password), 'R11 the password is still in the page').toBe(false);
      expect(heap.includes(attacked.endpoint().key)).toBe(false);

      // L01, I02: requests that fail inside, and ones that are refused.
      await attacked.ask(requestChannels.signIn, [
        { username: 'x', password: first.refresh, service: 7, form: 'basic' },
      ]);
      await attacked.ask(requestChannels.showAccount, [first.access], { url: 'https://evil.example/' });
      authService.fault({ path: refreshPath, times: 1, status: 502, body: { refresh_token: first.refresh } });
      await attacked.ask(requestChannels.renewNow, []);

      // R12: the page dies; tools do not notice, and the next start shows a new one.
      const [window] = await app.control('windows.list');
      await app.control('windows.crash', window?.id ?? 0);
      await expect.poll(async () => (await app.control('windows.list')).length).toBe(0);
      expect(await attacked.token()).toBe(first.access);
      await app.control(
        'app.secondInstance',
        ['token-tray', '--js-flags=--evil', 'token-tray://sign-out'],
        '/',
        { out: true },
      );
      await (await attacked.page()).getByRole('button', { name: 'Copy token' }).waitFor();
      expect((await app.control('windows.list')).map(({ id }) => id)).not.toContain(window?.id);

      // C03: killed with a copy on the clipboard.
      expect((await app.control('clipboard.read'))['text/plain']).toBe(first.access);
      await app.end('SIGKILL');
    }
    // V14: what it held is still there.
    expect(readlinkSync(join(folders.home, 'electron/SingletonLock'))).toContain(String(lost.app.pid));

    await using next = await AttackedApp.start({ folders });
    await expect.poll(() => next.app.control('clipboard.read')).toEqual({});
    await (await next.page()).getByRole('button', { name: 'Copy token' }).waitFor();
    const { key } = next.endpoint();
    expectNothingLeft(folders.root, secrets, key);
    await next.ask(requestChannels.signOut, []);
    expect(await next.app.end()).toBe(0);
    expectNothingLeft(folders.root, secrets, key);
    expect(filesOf(folders.home).filter((path) => /endpoint|curlrc|\.tmp/.test(path))).toEqual([]);
    expectWithout(Buffer.from(lost.app.output + next.app.output), [...secrets, key], 'output');
  });
});
