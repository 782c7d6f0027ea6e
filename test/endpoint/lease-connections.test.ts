import { describe, expect, it } from 'vitest';
import { leaseLimit } from '../../electron/endpoint/leases.ts';
import { RawConnection, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const leaseLine = 'POST /v1/lease HTTP/1.1';
const tokenLine = 'GET /v1/token HTTP/1.1';

function statusWith(endpoint: TestEndpoint, key: string): Promise<number> {
  return endpoint
    .ask('/v1/token', { headers: { authorization: `Bearer ${key}` } })
    .then(({ status }) => status);
}

/** Asks for a lease on a connection of its own, and waits for its key. */
async function lease(endpoint: TestEndpoint, line = leaseLine): Promise<[RawConnection, string]> {
  const connection = await RawConnection.open(endpoint.port);
  connection.send(endpoint.head(line));
  await connection.until(() => keyIn(connection) !== undefined);
  return [connection, keyIn(connection) ?? ''];
}

function keyIn({ received }: RawConnection): string | undefined {
  return /"key":"([^"]+)"/.exec(received)?.[1];
}

async function canLease(endpoint: TestEndpoint): Promise<boolean> {
  using connection = await RawConnection.open(endpoint.port);
  connection.send(endpoint.head(leaseLine));
  await connection.until(() => statusOf(connection.received) !== null);
  return statusOf(connection.received) === 200;
}

describe('a lent key does not outlive its connection', () => {
  it('that is reset, half closed, or of HTTP/1.0', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const line of [leaseLine, leaseLine.replace('1.1', '1.0')]) {
      for (const end of ['reset', 'halfClose'] as const) {
        const [connection, key] = await lease(endpoint, line);
        expect(await statusWith(endpoint, key)).toBe(200);
        connection[end]();
        await expect.poll(() => statusWith(endpoint, key)).toBe(401);
      }
    }
  });

  it('that asks for more behind it: that ends both', async () => {
    await using endpoint = await TestEndpoint.start();
    const [connection, key] = await lease(endpoint);
    // So many that the endpoint would stop reading, and with it stop seeing that the other side is gone.
    connection.send(endpoint.head(tokenLine).repeat(500));
    await connection.untilClosed();
    await expect.poll(() => statusWith(endpoint, key)).toBe(401);
    expect(endpoint.engine.calls).toBe(0);
  });

  it('that was gone before its turn came, behind another request', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.tokenReply = () => new Promise(() => undefined);
    for (let times = 0; times < leaseLimit; times += 1) {
      using connection = await RawConnection.open(endpoint.port);
      connection.send(endpoint.head(tokenLine) + endpoint.head(leaseLine));
      await endpoint.engine.asked(times + 1);
      connection.reset();
    }
    await expect.poll(() => canLease(endpoint)).toBe(true);
  });

  it.each(['Content-Length: 100', 'Transfer-Encoding: chunked'])(
    'that was gone before the body had come that it announced (%s)',
    async (announced) => {
      await using endpoint = await TestEndpoint.start();
      for (let times = 0; times < leaseLimit; times += 1) {
        using connection = await RawConnection.open(endpoint.port);
        connection.send(`${endpoint.head(leaseLine, announced)}40\r\n${'x'.repeat(40)}`);
        await endpoint.ask('/healthz');
        connection.reset();
      }
      await expect.poll(() => canLease(endpoint)).toBe(true);
    },
  );

  it('that sends a body without end, so that nobody would see it go', async () => {
    await using endpoint = await TestEndpoint.start();
    const connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(leaseLine, 'Transfer-Encoding: chunked'));
    await connection.until(() => keyIn(connection) !== undefined);
    const key = keyIn(connection) ?? '';
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    for (let chunks = 0; chunks < 20; chunks += 1) connection.send(chunk);
    await endpoint.ask('/healthz');
    connection.reset();
    await expect.poll(() => statusWith(endpoint, key)).toBe(401);
  });
});

describe('very many lent keys', () => {
  it('are refused beyond a bound, keep nobody out, and make room again', async () => {
    await using endpoint = await TestEndpoint.start();
    const held = await Promise.all(Array.from({ length: leaseLimit }, () => lease(endpoint)));
    const refused = await endpoint.post('/v1/lease', {});
    expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect((refused.json as { detail: string }).detail).toContain('End one');
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
    const [first] = held;
    first?.[0].reset();
    await expect.poll(() => canLease(endpoint)).toBe(true);
    for (const [connection] of held) connection[Symbol.dispose]();
  });
});
