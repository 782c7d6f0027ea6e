import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint } from '../support/proxying-endpoint.ts';
import { rawExchange, statusOf } from '../support/raw-connection.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';

const java = version('java');
const curl = version('curl');
const offer = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];

/** What a program says of itself; empty: it is not here. */
function version(program: string): string {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

/** What a program prints; fails where it fails. */
async function said(program: string, args: readonly string[], input: string): Promise<string> {
  const running = promisify(execFile)(program, args);
  running.child.stdin?.end(input);
  return (await running).stdout;
}

describe('a client that offers h2c', () => {
  it.skipIf(java === '')(
    `E50 gets its answers in HTTP/1.1: HttpClient of the JDK${java === '' ? ' (needs default-jdk-headless)' : ''}`,
    { timeout: 120_000 },
    async () => {
      await using api = await ApiServer.start();
      await using endpoint = await proxyingEndpoint(api.url);
      const requests = [
        ['GET', '/v1/token', ''],
        ['POST', '/v1/token/renew', '{"rejected":"x"}'],
        ['POST', '/proxy/orders', 'an order'],
        ['DELETE', '/v1/token', ''],
      ];
      const program = join(import.meta.dirname, '../support/JdkClient.java');
      // It runs for a moment, so the thorough compiler would cost more than it saves.
      const args = ['-XX:TieredStopAtLevel=1', program, endpoint.running.url, ...requests.flat()];
      const answers = (await said('java', args, endpoint.key)).trim().split('\n');
      expect(answers.map((line) => line.split(' ', 2))).toEqual([
        ['200', 'HTTP_1_1'],
        ['200', 'HTTP_1_1'],
        ['200', 'HTTP_1_1'],
        ['405', 'HTTP_1_1'],
      ]);
      expect(answers[0]).toContain(scriptedTokenText);
      expect(answers[2]).toMatch(/ done$/);
      expect(api.calls).toMatchObject([{ method: 'POST', target: '/orders', body: 'an order' }]);
      expect(Object.keys(api.calls[0]?.headers ?? {})).not.toContain('http2-settings');
    },
  );

  it.skipIf(!/\bHTTP2\b/.test(curl))('E50 gets its answers in HTTP/1.1: curl --http2', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const at = (path: string) => `${endpoint.running.url}${path}`;
    const head = `header = "Authorization: Bearer ${endpoint.key}"`;
    const args = ['-sS', '--http2', '--noproxy', '*', '-K', '-', '-w', ' %{http_code} %{http_version}\n'];
    const answers = [
      await said('curl', [...args, at('/v1/token')], head),
      await said('curl', [...args, '-d', 'an order', at('/proxy/orders')], head),
    ];
    expect(answers[0]).toMatch(/access-token-of-anna.* 200 1\.1\n$/);
    expect(answers[1]).toBe('done 200 1.1\n');
  });

  it('E50 sends its body, which reaches the API without the offer, named by Connection or not', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    for (const lines of [offer, offer.slice(1)]) {
      const own = [...lines, 'Content-Length: 8', ...(lines === offer ? [] : ['Connection: close'])];
      const head = endpoint.head('POST /proxy/orders HTTP/1.1', ...own);
      const close = lines === offer ? head.replace('Upgrade,', 'close, Upgrade,') : head;
      expect(statusOf(await rawExchange(endpoint.port, `${close}an order`))).toBe(200);
    }
    for (const { body, headers } of api.calls) {
      expect(body).toBe('an order');
      expect(Object.keys(headers).filter((name) => /upgrade|http2/.test(name))).toEqual([]);
    }
    expect(api.calls).toHaveLength(2);
  });
});
