import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEndpoint } from '../../electron/cli/connection.ts';
import { temporaryHome } from '../support/temporary-home.ts';

async function found(content: unknown) {
  const home = await temporaryHome();
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(join(home, 'endpoint.json'), text);
  return findEndpoint(home);
}

const good = { version: 1, url: 'http://127.0.0.1:7145', socket: null, key: 'a-key' };

describe('the discovery file, as the commands read it', () => {
  it('leads to the socket before the port', async () => {
    expect((await found(good))?.target).toEqual({ host: '127.0.0.1', port: 7_145 });
    expect((await found({ ...good, socket: '/home/anna/endpoint.sock' }))?.target).toEqual({
      path: '/home/anna/endpoint.sock',
    });
  });

  it.each([
    'garbage',
    'null',
    { ...good, version: 2 },
    { ...good, url: 'http://127.0.0.1:65536' },
    { ...good, url: 'http://127.0.0.1:99999' },
    { ...good, url: 'http://127.0.0.1:0' },
    { ...good, url: 'http://10.0.0.1:7145' },
    { ...good, url: 'https://127.0.0.1:7145' },
    { ...good, key: 'a key\r\nHost: evil' },
  ])('is none of ours, and leads nowhere: %j', async (content) => {
    expect(await found(content)).toBeNull();
  });
});
