import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint } from '../support/proxying-endpoint.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { RawServer } from '../support/raw-server.ts';
import type { TestEndpoint } from '../support/test-endpoint.ts';

const mebibyte = 1_048_576;
const chunk = Buffer.alloc(65_536, 'x');
/** What one side may be ahead of the other, at most: the buffers of two connections, by the systems’ own measure. */
const inTransit = 24 * mebibyte;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that somebody holds. */
function heldMemory(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

function asking(endpoint: TestEndpoint, path: string, method = 'GET') {
  const headers = { authorization: `Bearer ${endpoint.key}` };
  return request({ host: '127.0.0.1', port: endpoint.port, path, method, headers, agent: false });
}

describe('a proxied stream', () => {
  it('E47 passes as it comes, both ways, chunk by chunk', async () => {
    await using api = await ApiServer.streaming((incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      incoming.on('data', (data: Buffer) => response.write(`got ${data.toString()}`));
      incoming.on('end', () => response.end());
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const talk = asking(endpoint, '/proxy/talk', 'POST');
    talk.write('zero');
    const [answer] = (await once(talk, 'response')) as [IncomingMessage];
    for (const word of ['zero', 'one', 'two']) {
      if (word !== 'zero') talk.write(word);
      expect(String((await once(answer, 'data'))[0])).toBe(`got ${word}`);
    }
    talk.end();
    answer.resume();
    await once(answer, 'end');
  });

  it('E47 of 100 MB goes down and up in flat memory', async () => {
    const pieces = (100 * mebibyte) / chunk.length;
    const hundred = () => Readable.from(Array.from({ length: pieces }, () => chunk));
    const before = heldMemory();
    const held: number[] = [];
    let passed = 0;
    const look = (data: Buffer) => {
      const looks = Math.floor(passed / (10 * mebibyte));
      passed += data.length;
      if (Math.floor(passed / (10 * mebibyte)) > looks) held.push(heldMemory() - before);
    };
    await using api = await ApiServer.streaming((incoming, response) => {
      incoming.on('data', look);
      incoming.on('end', () => hundred().pipe(response));
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const sent = asking(endpoint, '/proxy/file', 'PUT');
    hundred().pipe(sent);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.on('data', look);
    await once(answer, 'end');
    expect(passed).toBe(200 * mebibyte);
    // What is collected is given back a moment later, so a single look may still see it.
    const [usual = Infinity] = held.toSorted((one, other) => one - other).slice(held.length / 2);
    expect(usual).toBeLessThan(inTransit);
  });

  it('E47 goes no faster than its reader', async () => {
    let written = 0;
    const stopped = Promise.withResolvers<undefined>();
    await using api = await ApiServer.streaming((_incoming, response) => {
      const more = () => {
        while (response.write(chunk) && written < 100 * mebibyte) written += chunk.length;
        written += chunk.length;
        stopped.resolve(undefined);
      };
      response.on('drain', more);
      more();
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const slow = asking(endpoint, '/proxy/file');
    slow.end();
    const [answer] = (await once(slow, 'response')) as [IncomingMessage];
    await stopped.promise;
    // Nobody reads. What was written stops growing once all buffers on the way are full.
    await expect
      .poll(async () => {
        const before = written;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return written - before;
      })
      .toBe(0);
    expect(written).toBeLessThan(inTransit);
    answer.destroy();
  });
});

describe('who leaves', () => {
  it('E47 as the caller ends the request at the API, waiting or in the middle of the answer', async () => {
    const begun: IncomingMessage[] = [];
    await using api = await ApiServer.streaming((incoming, response) => {
      begun.push(incoming);
      if (incoming.url === '/stream') response.write('a beginning');
    });
    await using endpoint = await proxyingEndpoint(api.url);
    for (const path of ['/wait', '/stream']) {
      const ending = asking(endpoint, `/proxy${path}`);
      const answered = new Promise((resolve) => ending.once('response', resolve));
      ending.on('error', () => undefined);
      ending.end();
      await expect.poll(() => begun.at(-1)?.url).toBe(path);
      if (path === '/stream') await answered;
      ending.destroy();
      await expect.poll(() => begun.at(-1)?.socket.destroyed).toBe(true);
    }
  });

  it('E47 as the caller in the middle of its body leaves the API no whole request', async () => {
    const ends: string[] = [];
    const arrived = Promise.withResolvers<unknown>();
    await using api = await ApiServer.streaming((incoming) => {
      incoming.on('end', () => ends.push('end')).on('error', () => ends.push('broken off'));
      incoming.on('data', arrived.resolve);
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const ending = asking(endpoint, '/proxy/file', 'PUT');
    ending.on('error', () => undefined);
    ending.write(chunk);
    await arrived.promise;
    ending.destroy();
    await expect.poll(() => ends).toEqual(['broken off']);
  });

  it('E47 as the API in the middle of its answer is seen to have left by the caller too', async () => {
    await using api = await RawServer.start((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      socket.end();
    });
    await using endpoint = await proxyingEndpoint(api.url);
    using caller = await RawConnection.open(endpoint.port);
    caller.send(endpoint.head('GET /proxy/file HTTP/1.1'));
    const got = await caller.untilClosed();
    expect(got).toContain('Content-Length: 100');
    expect(got.endsWith('half')).toBe(true);
  });

  it('E47 as the API in the middle of its 401, while a new token is asked for, is told at once', async () => {
    const left = Promise.withResolvers<TokenReply>();
    await using api = await RawServer.start((socket) => {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\nhalf');
      socket.once('close', () => setImmediate(() => left.resolve(endpoint.engine.tokenReply())));
    });
    await using endpoint = await proxyingEndpoint(api.url);
    endpoint.engine.rejectedReply = left.promise;
    const answer = await endpoint.ask('/proxy/orders');
    expect(answer).toMatchObject({ status: 502, json: { code: 'service_error' } });
    expect(answer.text).toContain('cut before it answered');
  });

  it('E47 as the API before its answer is told as such: it may have been done', async () => {
    await using api = await RawServer.start((socket) => socket.destroy());
    await using endpoint = await proxyingEndpoint(api.url);
    const answer = await endpoint.ask('/proxy/orders', { method: 'POST', body: 'order' });
    expect(answer).toMatchObject({ status: 502, json: { code: 'service_error' } });
    expect(answer.text).toContain('cut before it answered');
    expect(api.requests).toHaveLength(1);
  });

  it('E47 as the API that has heard enough of a body does not take the caller’s answer with it', async () => {
    await using api = await RawServer.start((socket) => {
      socket.end('HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much');
    });
    await using endpoint = await proxyingEndpoint(api.url);
    using caller = await RawConnection.open(endpoint.port);
    caller.send(endpoint.head('PUT /proxy/file HTTP/1.1', 'Content-Length: 70000'));
    caller.send('x'.repeat(70_000));
    await caller.until(() => caller.received.includes('\r\n\r\n'));
    expect(caller.received).toMatch(/^HTTP\/1\.1 (413|502) /);
  });
});
