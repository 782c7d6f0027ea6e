import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Discovery } from '../electron/adapters/discovery-file.ts';
import { Secret } from '../electron/core/secret.ts';
import { PublishedHome } from '../electron/published-home.ts';
import { RememberingLog } from './support/remembering-log.ts';
import { temporaryHome } from './support/temporary-home.ts';

const discovery: Discovery = {
  url: 'http://127.0.0.1:7145',
  socket: null,
  key: new Secret('KEY'),
  pid: 4711,
  startedAt: 0,
};

async function publishedIn(home: string) {
  const log = new RememberingLog();
  const sockets = { opened: 0 };
  const endpoint = {
    reopenSocket: () => {
      sockets.opened += 1;
      return Promise.resolve(false);
    },
  };
  const published = await PublishedHome.publish({ home, discovery, endpoint, log });
  if (!published.ok) throw new Error(published.failure);
  onTestFinished(() => published.value.withdraw());
  return { published: published.value, log, sockets };
}

const read = (home: string, name: string) => readFile(join(home, name), 'utf8').catch(() => '');

describe('A7 what an owner published', () => {
  it.each(['endpoint.json', 'curlrc'])(
    'A7 is written again, with the same key, where %s is removed',
    async (name) => {
      const home = await temporaryHome();
      const { log } = await publishedIn(home);
      await rm(join(home, name));
      await expect.poll(() => read(home, name)).toContain('KEY');
      await expect.poll(() => log.events.map(({ event }) => event)).toEqual(['published_again']);
    },
  );

  it('A7 is written again where another program wrote over it', async () => {
    const home = await temporaryHome();
    await publishedIn(home);
    await writeFile(join(home, 'endpoint.json'), '{}');
    await expect.poll(() => read(home, 'endpoint.json')).toContain('KEY');
  });

  it('A7 looks after the socket too', async () => {
    const home = await temporaryHome();
    const { sockets } = await publishedIn(home);
    const before = sockets.opened;
    await writeFile(join(home, 'endpoint.sock'), '');
    await expect.poll(() => sockets.opened).toBeGreaterThan(before);
  });

  it('A7 is left alone while all of it is in place', async () => {
    const home = await temporaryHome();
    const { published, log } = await publishedIn(home);
    await published.mend();
    expect(log.events).toEqual([]);
  });

  it('A7 goes into no other folder that took the home’s place', async () => {
    const home = join(await temporaryHome(), 'home');
    await mkdir(home);
    const { published } = await publishedIn(home);
    await rename(home, `${home}-moved`);
    await mkdir(home);
    await published.mend();
    expect(await readdir(home)).toEqual([]);
  });

  it('A7 says once in the log why it cannot be written again', async () => {
    const home = await temporaryHome();
    const { published, log } = await publishedIn(home);
    await rm(join(home, 'endpoint.json'));
    await mkdir(join(home, 'endpoint.json'));
    await published.mend();
    expect(log.events).toContainEqual({ event: 'not_published_again', fields: { reason: 'not_a_file' } });
  });

  it('A7 goes at the end, and does not come back', async () => {
    const home = await temporaryHome();
    const { published } = await publishedIn(home);
    await published.withdraw();
    await published.mend();
    expect(await readdir(home)).toEqual([]);
  });
});
