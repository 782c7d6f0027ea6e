import { describe, expect, it } from 'vitest';
import { RawConnection, rawExchange, requestBytes, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const renewLine = 'POST /v1/token/renew HTTP/1.1';
const report = '{"rejected":"x"}';

describe('the body of a request', () => {
  it.each([
    ['in a form’s Content-Type, as curl -d sends it', 'application/x-www-form-urlencoded'],
    ['as text, as fetch sends it', 'text/plain;charset=UTF-8'],
  ])('is read as JSON %s', async (_, contentType) => {
    await using endpoint = await TestEndpoint.start();
    const headers = { 'content-type': contentType };
    const answer = await endpoint.ask('/v1/token/renew', { method: 'POST', headers, body: report });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['that is empty', ''],
    ['that is no JSON', 'rejected=x'],
    ['that ends early', '{"rejected":"x'],
    ['with a doubled comma', '{"rejected":"x",,}'],
  ])('%s is a bad request', async (_, body) => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask('/v1/token/renew', { method: 'POST', body });
    expect(answer.json).toMatchObject({ code: 'bad_request' });
    expect(endpoint.engine.calls).toBe(0);
  });

  it('that is no UTF-8 is a bad request', async () => {
    await using endpoint = await TestEndpoint.start();
    const body = '{"rejected":"\xff\xfe"}';
    const head = endpoint.head(renewLine, `Content-Length: ${body.length}`);
    expect(statusOf(await rawExchange(endpoint.port, head + body))).toBe(400);
  });

  it('may come in chunks', async () => {
    await using endpoint = await TestEndpoint.start();
    const head = endpoint.head(renewLine, 'Transfer-Encoding: chunked', 'Connection: close');
    const received = await rawExchange(endpoint.port, `${head}10\r\n${report}\r\n0\r\n\r\n`);
    expect(statusOf(received)).toBe(200);
  });

  it('of 64 KiB is read, and one byte more is too large', async () => {
    await using endpoint = await TestEndpoint.start();
    const ofSize = (bytes: number) => ({ rejected: 'x'.repeat(bytes - '{"rejected":""}'.length) });
    expect((await endpoint.post('/v1/token/renew', ofSize(65_536))).status).toBe(200);
    const answer = await endpoint.post('/v1/token/renew', ofSize(65_537));
    expect(answer.status).toBe(413);
    expect(answer.json).toMatchObject({ code: 'too_large' });
  });

  it('E31 announced as a gigabyte is refused before it comes', async () => {
    await using endpoint = await TestEndpoint.start();
    const head = endpoint.head(renewLine, 'Content-Length: 1073741824');
    expect(statusOf(await rawExchange(endpoint.port, head))).toBe(413);
  });

  it('E31 in chunks without end is refused once it is too large, and the connection closed', async () => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(renewLine, 'Transfer-Encoding: chunked'));
    for (let chunk = 0; chunk < 17; chunk += 1) connection.send(`1000\r\n${'x'.repeat(4_096)}\r\n`);
    expect(statusOf(await connection.untilClosed())).toBe(413);
  });

  it('E31 of a gigabyte on GET is not read: the answer ends the connection', async () => {
    await using endpoint = await TestEndpoint.start();
    const head = endpoint.head('GET /v1/token HTTP/1.1', 'Content-Length: 1073741824');
    const received = await rawExchange(endpoint.port, head);
    expect(statusOf(received)).toBe(200);
    expect(received).toContain('\r\nConnection: close\r\n');
  });

  it('E38 that is reset half way harms nobody', async () => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(renewLine, 'Content-Length: 1000', 'Expect: 100-continue'));
    await connection.until(() => statusOf(connection.received) === 100);
    connection.send('{');
    connection.reset();
    expect((await endpoint.post('/v1/token/renew', { rejected: 'x' })).status).toBe(200);
    expect(endpoint.engine.rejectedReports).toHaveLength(1);
  });

  it('that nobody asked for is not taken for another request', async () => {
    await using endpoint = await TestEndpoint.start();
    const smuggled = endpoint.head('GET /v1/token HTTP/1.1');
    const head = endpoint.head('POST /v1/logout HTTP/1.1', `Content-Length: ${smuggled.length}`);
    const received = await rawExchange(endpoint.port, head + smuggled);
    expect(received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(endpoint.engine.asks).toEqual([]);
  });

  it('that follows a wrong key in chunks is let in as well, so that the answer arrives', async () => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(requestBytes('POST /v1/login HTTP/1.1', endpoint.hostLine, 'Transfer-Encoding: chunked'));
    await endpoint.ask('/healthz');
    expect(connection.received).toBe('');
    connection.send('2\r\n{}\r\n0\r\n\r\n');
    expect(statusOf(await connection.untilClosed())).toBe(401);
  });

  it('that follows a wrong key late is let in before the connection closes, so that the answer arrives', async () => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(
      `POST /v1/login HTTP/1.1\r\nHost: 127.0.0.1:${endpoint.port}\r\nContent-Length: 2\r\n\r\n`,
    );
    connection.send('{}');
    expect(statusOf(await connection.untilClosed())).toBe(401);
  });

  it('E36 is waved through with 100 Continue only behind the gate', async () => {
    await using endpoint = await TestEndpoint.start();
    const expecting = ['Expect: 100-continue', `Content-Length: ${report.length}`];
    const keyless = [renewLine, `Host: 127.0.0.1:${endpoint.port}`, ...expecting, '', ''].join('\r\n');
    expect(statusOf(await rawExchange(endpoint.port, keyless))).toBe(401);
    expect(
      statusOf(await rawExchange(endpoint.port, endpoint.head('GET /v1/token HTTP/1.1', ...expecting))),
    ).toBe(200);

    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(renewLine, ...expecting, 'Connection: close'));
    await connection.until(() => statusOf(connection.received) === 100);
    connection.send(report);
    expect(await connection.untilClosed()).toContain('HTTP/1.1 200 OK');
  });

  it('E36 with any other expectation meets the same gate', async () => {
    await using endpoint = await TestEndpoint.start();
    const keyless = `GET /v1/token HTTP/1.1\r\nHost: 127.0.0.1:${endpoint.port}\r\nExpect: tea\r\n\r\n`;
    expect(statusOf(await rawExchange(endpoint.port, keyless))).toBe(401);
  });
});
