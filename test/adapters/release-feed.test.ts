import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isNewerRelease, newestRelease, readReleaseFeed } from '../../electron/adapters/release-feed.ts';
import { VersionWatch } from '../../electron/core/version-watch.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';
import { closedPort } from '../support/raw-server.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const linux = { platform: 'linux', arch: 'x64' };

async function feedOf(content: string, system = linux) {
  const path = join(await temporaryHome(), 'app-update.yml');
  await writeFile(path, content);
  return readReleaseFeed(path, system);
}

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, text: string) =>
  serving((_request, response) => response.writeHead(status).end(text));

describe('where the releases of a build are', () => {
  it('is read from what the build wrote, for each system', async () => {
    const generic = 'provider: generic\nurl: https://releases.example/tray/\n';
    const page = 'https://releases.example/tray';
    const of = async (platform: string, arch: string) => (await feedOf(generic, { platform, arch }))?.url;
    expect(await of('linux', 'x64')).toBe(`${page}/latest-linux.yml`);
    expect(await of('linux', 'arm64')).toBe(`${page}/latest-linux-arm64.yml`);
    expect(await of('darwin', 'arm64')).toBe(`${page}/latest-mac.yml`);
    expect(await of('win32', 'x64')).toBe(`${page}/latest.yml`);
    expect(await feedOf('provider: github\nowner: token-tray\nrepo: token-tray\n')).toEqual({
      url: 'https://github.com/token-tray/token-tray/releases/latest/download/latest-linux.yml',
      page: 'https://github.com/token-tray/token-tray/releases/latest',
      namesPublisher: false,
    });
  });

  it('names who signs it, where it does', async () => {
    const generic = 'provider: generic\nurl: https://releases.example\n';
    expect((await feedOf(`${generic}publisherName:\n  - The maintainers\n`))?.namesPublisher).toBe(true);
    expect((await feedOf(`${generic}publisherName: []\n`))?.namesPublisher).toBeUndefined();
  });

  it.each([
    'provider: generic\nurl: http://releases.example\n',
    'provider: generic\nurl: https://anna:pw@releases.example\n',
    'provider: github\nowner: ../..\nrepo: x\n',
    'provider: s3\nbucket: x\n',
    'provider: [',
    '',
  ])('is nowhere in %j', async (content) => {
    expect(await feedOf(content)).toBeNull();
  });

  it('is nowhere where there is no file', async () => {
    expect(await readReleaseFeed(join(await temporaryHome(), 'none.yml'), linux)).toBeNull();
  });
});

describe('the newest release', () => {
  it('is the version that the server names, asked for once and without a cookie', async () => {
    const seen: unknown[] = [];
    const url = await serving((request, response) => {
      seen.push([request.method, request.url, request.headers.cookie, request.headers.authorization]);
      response.setHeader('set-cookie', 'who=anna');
      response.end('version: 1.3.0\npath: token-tray.exe\nsha512: x\nreleaseDate: 2026-12-01\n');
    });
    expect(await newestRelease(`${url}/latest.yml`, fetch)).toBe('1.3.0');
    expect(await newestRelease(`${url}/latest.yml`, fetch)).toBe('1.3.0');
    expect(seen).toEqual(Array(2).fill(['GET', '/latest.yml', undefined, undefined]));
  });

  it.each([
    ['an error', 500, 'version: 1.3.0'],
    ['a page of a café', 200, '<html><body>Sign in to the network</body></html>'],
    ['no version', 200, 'path: token-tray.exe'],
    ['a version that is none', 200, 'version: "1.3.0 <b>now</b>"'],
    ['a list', 200, '- 1\n'],
    ['broken YAML', 200, 'version: [1.3.0'],
    ['an object of a program', 200, 'version: !!js/function "function () {}"'],
    ['more than such a file has', 200, `version: 1.3.0\n# ${'x'.repeat(70_000)}`],
    ['nothing', 200, ''],
  ])('is not known from %s', async (_what, status, text) => {
    expect(await newestRelease(await answering(status, text), fetch)).toBeNull();
  });

  it('M9 is not known where it needs a newer system than this', async () => {
    const url = await answering(200, 'version: 1.3.0\nminimumSystemVersion: 22.0.0\n');
    expect(await newestRelease(url, fetch, '21.6.0')).toBeNull();
    expect(await newestRelease(url, fetch, '22.0.0')).toBe('1.3.0');
    expect(await newestRelease(url, fetch, '25.1.0')).toBe('1.3.0');
    expect(await newestRelease(url, fetch, 'unknown')).toBe('1.3.0');
  });

  it('is not known where nobody answers, or the answer breaks off', async () => {
    expect(await newestRelease(`http://127.0.0.1:${await closedPort()}`, fetch)).toBeNull();
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('version: 1.3.0\n', () => response.destroy());
    });
    expect(await newestRelease(url, fetch)).toBeNull();
  });
});

describe('a day’s look at a server', () => {
  it.each([
    ['newer', 'version: 1.3.0', '1.3.0'],
    ['older', 'version: 1.1.9', null],
    ['broken', 'version: [', null],
  ])('with a %s answer', async (_what, text, found) => {
    const url = await answering(200, text);
    const clock = new FakeClock();
    let answered = false;
    const watch = new VersionWatch({
      clock,
      settings: new InMemorySettings(),
      wanted: () => true,
      newest: async () => {
        const version = await newestRelease(url, fetch);
        answered = true;
        return version;
      },
      isNewer: (version) => isNewerRelease(version, '1.2.0'),
      changed: () => undefined,
    });
    watch.start();
    await clock.advance(3_600_000);
    await expect.poll(() => answered).toBe(true);
    expect(watch.found).toBe(found);
    watch.stop();
  });
});

describe('one release and another', () => {
  it('are compared as numbers, and one to be tried out is newer for its like alone', () => {
    const newer = (version: string, than: string) => isNewerRelease(version, than);
    expect(newer('1.10.0', '1.9.9')).toBe(true);
    expect(newer('1.3.0', '1.3.0')).toBe(false);
    expect(newer('1.2.9', '1.3.0')).toBe(false);
    expect(newer('2.0.0-beta.1', '1.3.0')).toBe(false);
    expect(newer('2.0.0-beta.2', '2.0.0-beta.1')).toBe(true);
    expect(newer('nonsense', '1.3.0')).toBe(false);
  });
});
