import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Listener } from '../electron/adapters/doctor/listener.ts';
import { portFindings, socketFindings, type OwnerLook } from '../electron/doctor-address.ts';

const nginx = { pid: 4711, program: 'nginx' };
const ours = { pid: 815, program: 'node' };
const none: OwnerLook = { kind: 'none' };

type Holders = Readonly<Record<number, Listener[]>>;

/** A system on which a port is in use where a program listens for 127.0.0.1 or has a connection from there. */
function found(owner: OwnerLook, setPort: number | null, listeners: Holders, connections: Holders = {}) {
  const atLoopback = (port: number) =>
    [...(listeners[port] ?? []), ...(connections[port] ?? [])].some(({ address }) => address !== '::1');
  return portFindings({
    owner,
    setPort,
    defaultPort: 7_145,
    ports: {
      tryPort: (port) => Promise.resolve(port < 1_024 ? 'not_allowed' : atLoopback(port) ? 'in_use' : 'free'),
      listenersOn: (port) => Promise.resolve(listeners[port] ?? []),
      connectionsOn: (port) => Promise.resolve(connections[port] ?? []),
    },
  });
}

const answering = (port: number): OwnerLook => {
  return { kind: 'answering', pid: ours.pid, url: `http://127.0.0.1:${port}` };
};

describe('the port, while nobody runs', () => {
  it('is free', async () => {
    expect(await found(none, null, {})).toEqual([{ code: 'port_free', port: 7_145 }]);
    expect(await found(none, 50_000, { 7_145: [{ address: '127.0.0.1', ...nginx }] })).toEqual([
      { code: 'port_free', port: 50_000 },
    ]);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::'])('P01 is taken at %s', async (address) => {
    const listeners = { 7_145: [{ address, ...nginx }] };
    const taken = { port: 7_145, ...nginx };
    expect(await found(none, null, listeners)).toEqual([{ code: 'default_port_taken', ...taken }]);
    expect(await found(none, 7_145, listeners)).toEqual([{ code: 'set_port_taken', ...taken }]);
  });

  it('P02 is free, with another program at [::1]', async () => {
    expect(await found(none, null, { 7_145: [{ address: '::1', ...nginx }] })).toEqual([
      { code: 'port_shared', port: 7_145, address: '[::1]', ...nginx },
    ]);
  });
});

describe('A6 the port is bound on trial', () => {
  it('A6 and the connection that has it as its own is named', async () => {
    const connections = { 7_145: [{ address: '127.0.0.1', ...nginx }] };
    expect(await found(none, null, {}, connections)).toEqual([
      { code: 'default_port_taken', port: 7_145, ...nginx },
    ]);
  });

  it('A6 and is in use though the system names nobody', async () => {
    const ports = {
      tryPort: () => Promise.resolve('in_use' as const),
      listenersOn: () => Promise.resolve([]),
      connectionsOn: () => Promise.resolve([]),
    };
    expect(await portFindings({ owner: none, setPort: 7_145, defaultPort: 7_145, ports })).toEqual([
      { code: 'set_port_taken', port: 7_145, pid: null, program: null },
    ]);
  });

  it('A6 and may be kept back by the system', async () => {
    expect(await found(none, 80, {})).toEqual([{ code: 'set_port_not_allowed', port: 80 }]);
  });
});

describe('the port, while Token Tray runs', () => {
  const own = { address: '127.0.0.1', ...ours };

  it('is ours, and nothing has to be said', async () => {
    expect(await found(answering(7_145), null, { 7_145: [own] })).toEqual([]);
    const elsewhere = { address: '192.168.1.2', ...nginx };
    expect(await found(answering(7_145), null, { 7_145: [own, elsewhere] })).toEqual([]);
  });

  it.each([
    ['::1', '[::1]'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '[::]'],
  ])('P02 is also another program’s at %s', async (address, told) => {
    expect(await found(answering(50_000), 50_000, { 50_000: [own, { address, ...nginx }] })).toEqual([
      { code: 'port_shared', port: 50_000, address: told, ...nginx },
    ]);
  });

  it('P01 is a free one, because the default is taken', async () => {
    const listeners = { 50_000: [own], 7_145: [{ address: '127.0.0.1', pid: null, program: null }] };
    expect(await found(answering(50_000), null, listeners)).toEqual([
      { code: 'default_port_taken', port: 7_145, pid: null, program: null },
    ]);
  });

  it('is left open while an owner does not answer', async () => {
    expect(await found({ kind: 'silent', pid: null }, null, {})).toEqual([]);
  });
});

describe('the socket', () => {
  it('has no place where the path is too long for the system', () => {
    const deep = `/home/${'a'.repeat(100)}`;
    expect(socketFindings(deep, 'linux')).toEqual([
      { code: 'socket_path_too_long', bytes: resolve(deep, 'endpoint.sock').length },
    ]);
    expect(socketFindings('/home/anna', 'linux')).toEqual([]);
    expect(socketFindings(deep, 'win32')).toEqual([]);
  });
});
